import Activity from '@lucide/svelte/icons/activity'
import Bell from '@lucide/svelte/icons/bell'
import Book from '@lucide/svelte/icons/book'
import BookOpen from '@lucide/svelte/icons/book-open'
import Box from '@lucide/svelte/icons/box'
import Briefcase from '@lucide/svelte/icons/briefcase'
import Building from '@lucide/svelte/icons/building'
import Building2 from '@lucide/svelte/icons/building-2'
import Calendar from '@lucide/svelte/icons/calendar'
import ChartBar from '@lucide/svelte/icons/chart-bar'
import CircleDollarSign from '@lucide/svelte/icons/circle-dollar-sign'
import ClipboardList from '@lucide/svelte/icons/clipboard-list'
import Contact from '@lucide/svelte/icons/contact'
import CreditCard from '@lucide/svelte/icons/credit-card'
import Factory from '@lucide/svelte/icons/factory'
import File from '@lucide/svelte/icons/file'
import FileText from '@lucide/svelte/icons/file-text'
import Flag from '@lucide/svelte/icons/flag'
import Folder from '@lucide/svelte/icons/folder'
import Funnel from '@lucide/svelte/icons/funnel'
import Gift from '@lucide/svelte/icons/gift'
import Globe from '@lucide/svelte/icons/globe'
import Handshake from '@lucide/svelte/icons/handshake'
import Headphones from '@lucide/svelte/icons/headphones'
import Heart from '@lucide/svelte/icons/heart'
import Inbox from '@lucide/svelte/icons/inbox'
import Key from '@lucide/svelte/icons/key'
import Layers from '@lucide/svelte/icons/layers'
import LifeBuoy from '@lucide/svelte/icons/life-buoy'
import List from '@lucide/svelte/icons/list'
import Magnet from '@lucide/svelte/icons/magnet'
import Mail from '@lucide/svelte/icons/mail'
import MapPin from '@lucide/svelte/icons/map-pin'
import Megaphone from '@lucide/svelte/icons/megaphone'
import MessageSquare from '@lucide/svelte/icons/message-square'
import Package from '@lucide/svelte/icons/package'
import Phone from '@lucide/svelte/icons/phone'
import Receipt from '@lucide/svelte/icons/receipt'
import Rows3 from '@lucide/svelte/icons/rows-3'
import Settings from '@lucide/svelte/icons/settings'
import Shield from '@lucide/svelte/icons/shield'
import ShoppingCart from '@lucide/svelte/icons/shopping-cart'
import Sparkles from '@lucide/svelte/icons/sparkles'
import Star from '@lucide/svelte/icons/star'
import Store from '@lucide/svelte/icons/store'
import Tag from '@lucide/svelte/icons/tag'
import Target from '@lucide/svelte/icons/target'
import Ticket from '@lucide/svelte/icons/ticket'
import TrendingUp from '@lucide/svelte/icons/trending-up'
import Truck from '@lucide/svelte/icons/truck'
import User from '@lucide/svelte/icons/user'
import UserPlus from '@lucide/svelte/icons/user-plus'
import UserSearch from '@lucide/svelte/icons/user-search'
import Users from '@lucide/svelte/icons/users'
import UsersRound from '@lucide/svelte/icons/users-round'
import Wallet from '@lucide/svelte/icons/wallet'
import Wrench from '@lucide/svelte/icons/wrench'
import type { Component } from 'svelte'

/** Icons that declarations may name; others are drawn as a box. Loaded apart from the first script. */
export const declaredIcons: Readonly<Record<string, Component<{ size?: number }>>> = {
  activity: Activity,
  bell: Bell,
  book: Book,
  'book-open': BookOpen,
  box: Box,
  briefcase: Briefcase,
  building: Building,
  'building-2': Building2,
  calendar: Calendar,
  'chart-bar': ChartBar,
  'circle-dollar-sign': CircleDollarSign,
  'clipboard-list': ClipboardList,
  contact: Contact,
  'credit-card': CreditCard,
  factory: Factory,
  file: File,
  'file-text': FileText,
  flag: Flag,
  folder: Folder,
  funnel: Funnel,
  gift: Gift,
  globe: Globe,
  handshake: Handshake,
  headphones: Headphones,
  heart: Heart,
  inbox: Inbox,
  key: Key,
  layers: Layers,
  'life-buoy': LifeBuoy,
  list: List,
  magnet: Magnet,
  mail: Mail,
  'map-pin': MapPin,
  megaphone: Megaphone,
  'message-square': MessageSquare,
  package: Package,
  phone: Phone,
  receipt: Receipt,
  'rows-3': Rows3,
  settings: Settings,
  shield: Shield,
  'shopping-cart': ShoppingCart,
  sparkles: Sparkles,
  star: Star,
  store: Store,
  tag: Tag,
  target: Target,
  ticket: Ticket,
  'trending-up': TrendingUp,
  truck: Truck,
  user: User,
  'user-plus': UserPlus,
  'user-search': UserSearch,
  users: Users,
  'users-round': UsersRound,
  wallet: Wallet,
  wrench: Wrench,
}
