/** Signing in and out, first use of an account. */
export const accounts = {
  signIn: {
    title: '登录',
    name: '账号',
    password: '密码',
    verb: '登录',
    empty: '没有登录：账号或密码未填。请填全再试。',
    again: '登录已过期，请重新登录',
    againNote: '本页内容都在，登录后接着办。',
    leave: '换人登录',
    lost: '忘记密码：请到党组办公室领取一次性登录单。',
  },
  firstUse: {
    title: '首次使用',
    sentence: '请填登录单上的代码，设定自己的密码。代码只能用一次。',
    token: '登录单代码',
    name: '账号',
    nameNote: '登录时用；不填，就用登录单上的账号。',
    password: '密码',
    passwordNote: '不少于 10 个字符，含大写、小写、数字、符号中的三类，不含姓名和账号。',
    repeat: '再输一遍',
    verb: '设定并登录',
    noCode: '没有设定：代码未填。请照登录单填写。',
    empty: '没有设定：密码未填。请设定密码。',
    differ: '没有设定：两遍密码不一样。请重输第二遍。',
  },
}
