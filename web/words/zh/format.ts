/** Days, times and counts. */
export const format = {
  months: '1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月',
  longMonths: '1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月',
  calendarMonths: '一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月',
  weekdays: '星期日 星期一 星期二 星期三 星期四 星期五 星期六',
  shortWeekdays: '一 二 三 四 五 六 日',
  day: '{{month}}{{day}}日',
  dayWithYear: '{{year}}年{{month}}{{day}}日',
  heading: '{{month}}{{day}}日 {{weekday}}',
  range: '{{from}}至{{to}}',
  dueToday: '今天到期',
  left: '还有{{days}}天',
  leftOne: '还有{{days}}天',
  late: '逾期{{days}}天',
  lateOne: '逾期{{days}}天',
  waited: '已等{{days}}天',
  waitedOne: '已等{{days}}天',
}
