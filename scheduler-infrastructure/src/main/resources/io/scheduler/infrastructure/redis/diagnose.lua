-- Looks for what delays or loses the messages of a queue. Reads one entry, and what Redis knows of each consumer.
--
-- KEYS[1]  the stream
-- KEYS[2]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the lease in milliseconds
-- Returns  { consumers that hold messages and have been silent for longer than a lease, how many messages these hold,
--            the name of the one that was silent the longest, for how many milliseconds; the silence of the consumer
--            that was heard of last, -1: there is none; the age in milliseconds of the youngest dead letter, -1: there is
--            none; its reason }

local lost, held, name, silence, latest = 0, 0, '', 0, -1
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if consumers.err then
  if not string.find(consumers.err, 'NOGROUP', 1, true) and not string.find(consumers.err, 'no such key', 1, true) then
    return consumers
  end
  consumers = {} -- no stream or no group
end
for _, consumer in ipairs(consumers) do
  local facts = {}
  for i = 1, #consumer, 2 do
    facts[consumer[i]] = consumer[i + 1]
  end
  local idle = facts['idle']
  if latest == -1 or idle < latest then
    latest = idle
  end
  if facts['pending'] > 0 and idle > tonumber(ARGV[2]) then
    lost, held = lost + 1, held + facts['pending']
    if idle > silence then
      name, silence = facts['name'], idle
    end
  end
end

local age, reason = -1, ''
local letter = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
if letter then
  local time = redis.call('TIME')
  age = math.max(0, time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(string.match(letter[1], '^%d+')))
  for i = 1, #letter[2], 2 do
    if letter[2][i] == 'dead_reason' then
      reason = string.sub(letter[2][i + 1], 1, 200)
    end
  end
end
return { lost, held, name, silence, latest, age, reason }
