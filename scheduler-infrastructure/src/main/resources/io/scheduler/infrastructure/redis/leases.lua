-- What the scripts share that settle. It is put in front of each of them.

-- Whether a consumer still holds an entry: whether its delivery is valid. Where the stream or the group has gone, nobody
-- holds anything.
local function is_held(stream, group, consumer, id)
  local pending = redis.pcall('XPENDING', stream, group, id, id, 1, consumer)
  if pending.err and not string.find(pending.err, 'NOGROUP', 1, true) then
    error(pending.err)
  end
  return #pending == 1
end
