/** What the sign-in page says when the hospital's sign-on led back without a person. */
export const signOnMessages = {
  'signOn.unavailable': { 'zh-CN': '医院统一登录现在没有响应。请稍后再试；急用时请改用其他登录方式，或联系信息科。', en: 'The hospital sign-on does not answer at the moment. Try again later; if it is urgent, sign in another way or call the IT department.' },
  'signOn.again': { 'zh-CN': '这次登录已过期、被打断，或是从别的窗口开始的。请从这里重新登录。', en: 'This sign-in expired, was interrupted, or began in another window. Sign in again from here.' },
  'signOn.cancelled': { 'zh-CN': '医院统一登录没有完成，所以没有登录。需要时请再试一次。', en: 'The hospital sign-on was not finished, so nobody was signed in. Try again when you need to.' },
  'signOn.invalid': { 'zh-CN': '医院统一登录返回的结果无法核实，为安全起见没有登录。请再试一次；若仍失败，请把代码告诉信息科。', en: 'What the hospital sign-on answered could not be verified, so for safety nobody was signed in. Try again; if it fails again, tell the IT department the code.' },
  'signOn.factor': { 'zh-CN': '这里要求更强的身份验证（例如动态码或证书）。请在医院统一登录中用要求的方式再登录一次。', en: 'A stronger proof is needed here, a one-time code or a certificate for example. Sign on again in the way that the hospital wants.' },
  'signOn.unknown': { 'zh-CN': '您的医院账号还没有关联到这里的用户。请联系管理员关联后再登录。', en: 'Your hospital account is not linked to a person here yet. Ask an administrator to link it, then sign in.' },
  'signOn.otherPerson': { 'zh-CN': '刚才验证的是另一个人，与正在使用的登录不符，所以没有确认。请用自己的账号重新登录。', en: 'Another person was verified than the one who was signed in, so nothing was confirmed. Sign in with your own account.' },
  'signOn.required': { 'zh-CN': '您的账号须用医院统一登录，不能用这里的密码。', en: 'Your account signs in by the hospital sign-on, not by a password here.' },
} as const;
