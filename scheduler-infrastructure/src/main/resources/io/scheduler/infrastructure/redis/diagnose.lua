-- Looks for what delays or loses the messages of a queue: at what Redis knows of each consumer, and at a bounded number
-- of entries, which are read one by one so that large ones keep nobody waiting.
--
-- KEYS[1]  the stream
-- KEYS[2]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the lease in milliseconds
-- Returns  { consumers that hold messages and have been silent for longer than a lease, how many messages these hold,
--            the name of the one that was silent the longest, for how many milliseconds; the silence of the consumer
--            that was heard of last, -1: there is none;
--            how many messages were looked at, how many of them came again because a lease had ended, how often that
--            happened to one of them at most;
--            how many dead letters of the last hour were counted, 1 if there may be more, the age in milliseconds of the
--            oldest that was counted; the age of the youngest dead letter, -1: there is none, its reason; the age of the
--            oldest }

local SAMPLE = 20 -- at each end: what is held lies at the beginning, and what has come again at the end
local MAX_LETTERS = 100
local MAX_BYTES = 1024 * 1024
local HOUR = 60 * 60 * 1000

-- Has one entry after the other looked at, until there are no more or one is refused. Returns whether there may be more.
local function walk(key, command, from, to, limit, look)
  local bytes = 0
  for _ = 1, limit do
    local entry = redis.call(command, key, from, to, 'COUNT', 1)[1]
    if not entry or not look(entry) then
      return false
    end
    for _, value in ipairs(entry[2]) do
      bytes = bytes + #value
    end
    if bytes > MAX_BYTES then
      return true
    end
    from = '(' .. entry[1]
  end
  return true
end

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

local seen, sample, again, most = {}, 0, 0, 0
local function count(fields, wanted)
  for i = 1, #fields, 2 do
    if fields[i] == wanted then
      local digits = string.match(fields[i + 1], '^%d+$')
      return digits and tonumber(digits) or 0
    end
  end
  return 0
end
local function look_at_message(entry)
  if seen[entry[1]] then
    return false
  end
  seen[entry[1]], sample = true, sample + 1
  -- Handed out more often than handed back: the other times its lease had ended.
  local times = count(entry[2], 'attempts') - count(entry[2], 'retry_count')
  if times > 0 then
    again, most = again + 1, math.max(most, times)
  end
  return true
end
walk(KEYS[1], 'XRANGE', '-', '+', SAMPLE, look_at_message)
walk(KEYS[1], 'XREVRANGE', '+', '-', SAMPLE, look_at_message)

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function age_of(letter)
  return math.max(0, now - tonumber(string.match(letter[1], '^%d+')))
end
local recent, span, youngest, reason, oldest = 0, 0, -1, '', -1
local function look_at_letter(letter)
  local age = age_of(letter)
  if youngest == -1 then
    youngest = age
    for i = 1, #letter[2], 2 do
      if letter[2][i] == 'dead_reason' then
        reason = string.sub(letter[2][i + 1], 1, 200)
      end
    end
  end
  if age > HOUR then
    return false
  end
  recent, span = recent + 1, age
  return true
end
local more = walk(KEYS[2], 'XREVRANGE', '+', '-', MAX_LETTERS, look_at_letter)
local first = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
if first then
  oldest = age_of(first)
end

return {
  lost, held, name, silence, latest, sample, again, most, recent, more and 1 or 0, span, youngest, reason, oldest
}
