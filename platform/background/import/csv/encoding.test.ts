import { describe, expect, it } from 'vitest'
import { decodeText, detectEncoding } from './encoding.ts'

const western = 'name,city\nMüller,Köln\nÅsa Öberg,Malmö\nJosé,São Paulo'
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
/** 客户,城市 / 华为,深圳 / 张三,北京 in GB2312. */
const chinese = Uint8Array.from([
  0xbf, 0xcd, 0xbb, 0xa7, 0x2c, 0xb3, 0xc7, 0xca, 0xd0, 0x0a, 0xbb, 0xaa, 0xce, 0xaa, 0x2c, 0xc9, 0xee, 0xdb,
  0xda, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0xb1, 0xb1, 0xbe, 0xa9,
])

describe('decodeText', () => {
  it('takes plain ASCII as UTF-8', () => {
    expect(decodeText(Buffer.from('a,b'))).toEqual({ text: 'a,b', encoding: 'utf-8' })
  })

  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(Buffer.from('\uFEFF客户'))).toEqual({ text: '客户', encoding: 'utf-8' })
    expect(decodeText(Buffer.from(western))).toEqual({ text: western, encoding: 'utf-8' })
  })

  it('reads UTF-16 of either byte order with a mark', () => {
    const little = Buffer.from('\uFEFFa,客户', 'utf16le')
    expect(decodeText(little)).toEqual({ text: 'a,客户', encoding: 'utf-16le' })
    expect(decodeText(Buffer.from(little).swap16())).toEqual({ text: 'a,客户', encoding: 'utf-16be' })
  })

  it('recognises UTF-16 without a mark', () => {
    const little = Buffer.from('name,客户\n1,2', 'utf16le')
    expect(detectEncoding(little)).toBe('utf-16le')
    expect(detectEncoding(Buffer.from(little).swap16())).toBe('utf-16be')
  })

  it('reads Chinese of GBK', () => {
    expect(decodeText(chinese)).toEqual({ text: '客户,城市\n华为,深圳\n张三,北京', encoding: 'gb18030' })
  })

  it('reads Western European of Windows-1252, the euro among it', () => {
    expect(decodeText(latin1(western))).toEqual({ text: western, encoding: 'windows-1252' })
    expect(decodeText(Uint8Array.from([0x80, 0x35, 0xe9])).text).toBe('€5é')
  })

  it('follows a declared encoding and refuses bytes that are not of it', () => {
    expect(decodeText(chinese, 'windows-1252').text).toMatch(/^¿Í»§,/)
    expect(() => decodeText(chinese, 'utf-8')).toThrow(TypeError)
  })
})
