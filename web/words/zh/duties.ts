/** The responsibility list and its duties. */
export const duties = { title: '责任清单' }
