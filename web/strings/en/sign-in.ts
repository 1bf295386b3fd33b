/** Signing in. */

export const signIn = {
  title: 'Sign in',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  codeTitle: 'Second step',
  codeText: 'Enter the six digits your authenticator app shows for Clarion.',
  code: 'Code',
  recoveryText: 'Enter one of the recovery codes you kept when you set up the second factor. It works once.',
  recoveryCode: 'Recovery code',
  useRecovery: 'Use a recovery code',
  useCode: 'Use the app',
  confirm: 'Go on',
  back: 'Back',
  againTitle: 'Your session has ended',
  againText: 'Sign in to go on. What you typed is still there.',
} as const;
