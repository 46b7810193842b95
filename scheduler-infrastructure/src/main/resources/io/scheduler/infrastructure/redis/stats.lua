-- Counts what is in a queue, without looking at more than one entry.
--
-- KEYS[1]  the stream
-- KEYS[2]  the delayed set
-- KEYS[3]  the dead letters
-- ARGV[1]  the consumer group
-- Returns  { ready, delayed, in flight, dead, consumers, age of the oldest ready message in ms or -1 }
--
-- Acknowledged entries are deleted, so what is in the stream and not pending is ready.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local length = redis.call('XLEN', KEYS[1])
local pending, consumers, delivered = 0, 0, '0-0'
if length > 0 or redis.call('EXISTS', KEYS[1]) == 1 then
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local facts = {}
    for i = 1, #group, 2 do
      facts[group[i]] = group[i + 1]
    end
    if facts['name'] == ARGV[1] then
      pending, consumers, delivered = facts['pending'], facts['consumers'], facts['last-delivered-id']
    end
  end
end

local oldest = -1
if length > pending then
  local entry = redis.call('XRANGE', KEYS[1], '(' .. delivered, '+', 'COUNT', 1)[1]
  if entry then
    oldest = math.max(0, now - tonumber(string.match(entry[1], '^%d+')))
  end
end

-- A delayed message whose time has come is ready, whether or not a consumer has moved it yet.
local delayed = redis.call('ZCARD', KEYS[2])
local due = 0
if delayed > 0 then
  due = redis.call('ZCOUNT', KEYS[2], '-inf', now)
  if due > 0 then
    local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
    oldest = math.max(oldest, now - tonumber(first[2]))
  end
end

return {
  math.max(0, length - pending) + due, delayed - due, pending, redis.call('XLEN', KEYS[3]), consumers, oldest
}
