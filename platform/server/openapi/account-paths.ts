import { schemaRef, type Route } from './operation.ts'

/** Signing in, and the security of the own account. */
export const accountPaths: readonly Route[] = [
  [
    'get',
    '/api/auth/ways',
    {
      id: 'sign_in_ways',
      summary: 'How one signs in here',
      answer: schemaRef('SignInWays'),
      isPublic: true,
    },
  ],
  [
    'post',
    '/api/auth/sign-in/email',
    {
      id: 'sign_in',
      summary: 'Sign in with a password',
      body: schemaRef('Credentials'),
      answer: { oneOf: [schemaRef('SignedIn'), schemaRef('FactorAsked')] },
      isPublic: true,
    },
  ],
  [
    'post',
    '/api/auth/second-factor',
    {
      id: 'show_second_factor',
      summary: 'Go on with a code of the second factor, or a recovery code',
      body: schemaRef('FactorAnswer'),
      answer: schemaRef('SignedIn'),
      isPublic: true,
    },
  ],
  [
    'post',
    '/api/auth/reset-password',
    {
      id: 'choose_password',
      summary: 'Choose a password by the token of an invitation',
      body: schemaRef('PasswordChoice'),
      answer: { type: 'object' },
      isPublic: true,
    },
  ],
  ['post', '/api/auth/sign-out', { id: 'sign_out', summary: 'Sign out', answer: { type: 'object' } }],
  [
    'get',
    '/api/account/security',
    { id: 'account_security', summary: 'Second factor and sessions', answer: schemaRef('AccountSecurity') },
  ],
  [
    'post',
    '/api/account/password',
    {
      id: 'change_password',
      summary: 'Change the password, which ends all other sessions',
      body: schemaRef('PasswordChange'),
    },
  ],
  [
    'post',
    '/api/account/second-factor',
    {
      id: 'begin_second_factor',
      summary: 'Begin to set a second factor up',
      body: schemaRef('Confirmation'),
      answer: schemaRef('BegunFactor'),
    },
  ],
  [
    'post',
    '/api/account/second-factor/confirm',
    {
      id: 'confirm_second_factor',
      summary: 'Confirm it by a first code, which ends all other sessions',
      body: schemaRef('FactorAnswer'),
      answer: schemaRef('RecoveryCodes'),
    },
  ],
  [
    'post',
    '/api/account/second-factor/recovery-codes',
    {
      id: 'renew_recovery_codes',
      summary: 'New recovery codes instead of the old ones',
      body: schemaRef('Confirmation'),
      answer: schemaRef('RecoveryCodes'),
    },
  ],
  [
    'post',
    '/api/account/second-factor/remove',
    { id: 'remove_second_factor', summary: 'Take it away', body: schemaRef('Confirmation') },
  ],
  [
    'delete',
    '/api/account/sessions/{id}',
    { id: 'end_own_session', summary: 'End one of the own sessions', path: ['id'] },
  ],
  [
    'post',
    '/api/account/sessions/end-others',
    {
      id: 'end_other_sessions',
      summary: 'End all sessions but this one',
      answer: schemaRef('EndedSessions'),
    },
  ],
]
