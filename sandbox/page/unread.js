// What each person has read, remembered by this browser: the last message seen in each room.

const key = (me, room) => `trucban.read.${me}.${room}`;

export function markRead(me, room, messageId) {
  if (messageId) localStorage.setItem(key(me, room), messageId);
}

/** The messages of a room that are newer than the last one seen; a world that began again counts as new. */
export function unreadCount(me, room, last) {
  if (!last || last.writer === me) return 0;
  const seen = Number(localStorage.getItem(key(me, room)) ?? 0);
  if (!seen || seen > last.id) return 1;
  return last.id > seen ? 1 : 0;
}
