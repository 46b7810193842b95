-- Stores messages that were not seen within the deduplication window: those that are due at the end of the
-- stream, the others in the delayed set.
--
-- KEYS[1]     the stream
-- KEYS[2]     the delayed set
-- KEYS[3..6]  the ring of seen ids: four sets, each of which takes the ids of one window's length
-- ARGV[1]     the consumer group
-- ARGV[2]     the deduplication window in milliseconds
-- ARGV[3..]   four values a message: message_id, data, timestamp, and what few messages have: empty, or
--             "<due> <retry_count> <correlation_id>", due being in milliseconds since 1970 (0: at once), and
--             correlation_id being empty where there is none
-- Returns     how many messages were stored; the others had been seen
--
-- All or none: whatever can fail is tried before the first write, unless the first write itself tells. An id is
-- remembered after its message was stored, never before, so that an error in between costs a duplicate and no
-- message. Because the ring looks one set back, an id is remembered for one to two windows; and one set ahead, so that
-- a clock that steps back, as after a fail-over, forgets none.

local VALUES = 4
local MAX_UNPACK = 4000 -- Lua's stack holds about 8,000 values

local stream, delayed = KEYS[1], KEYS[2]
local window = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slot = math.floor(now / window)
local current = KEYS[3 + slot % 4]
local following = KEYS[3 + (slot + 1) % 4]
local outdated = KEYS[3 + (slot + 2) % 4]
local previous = KEYS[3 + (slot + 3) % 4]

-- Each id once, and where its message is in ARGV: false when it was seen.
local ids, place_of, plain = {}, {}, true
for at = 3, #ARGV, VALUES do
  local id, rest = ARGV[at], ARGV[at + 3]
  if rest ~= '' then
    plain = false
    if not string.find(rest, '^%d+ %d+ ') then
      error("ERR '" .. rest .. "' is not empty, nor '<due> <retry_count> <correlation_id>'")
    end
  end
  if not place_of[id] then
    place_of[id] = at
    ids[#ids + 1] = id
  end
end

-- Wrong types and missing permissions show here.
local is_new = redis.call('EXISTS', current) == 0
require_permission('XADD', stream, '*', 'f', 'v')
require_permission('SADD', current, 'm')
if is_new then
  require_permission('PEXPIREAT', current, 0)
  require_permission('UNLINK', outdated)
end
if not plain then
  redis.call('XLEN', stream)
  redis.call('ZCARD', delayed)
  require_permission('ZADD', delayed, 0, 'm')
  require_permission('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
end

local seen, holder = 0, nil
local sets = is_new and {} or { current }
if redis.call('EXISTS', previous, following) > 0 then
  sets[#sets + 1] = previous
  sets[#sets + 1] = following
end
for s = 1, #sets do
  for from = 1, #ids, MAX_UNPACK do
    local answers = redis.call('SMISMEMBER', sets[s], unpack(ids, from, math.min(from + MAX_UNPACK - 1, #ids)))
    for k = 1, #answers do
      local id = ids[from + k - 1]
      if answers[k] == 1 and place_of[id] then
        place_of[id] = false
        seen = seen + 1
        holder = sets[s]
      end
    end
  end
end

local stored = seen == 0 and ids or {}
for n = 1, #ids do
  local id = ids[n]
  local at = place_of[id]
  if at then
    if seen > 0 then
      stored[#stored + 1] = id
    end
    local data, timestamp, rest = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
    if rest == '' then
      -- Nearly all messages, in one call without a table in between.
      done(redis.pcall(
        'XADD', stream, '*', 'message_id', id, 'data', data, 'timestamp', timestamp, 'retry_count', '0'))
    else
      local due, retry_count, correlation_id = string.match(rest, '^(%d+) (%d+) (.*)$')
      local entry = { 'message_id', id, 'data', data, 'timestamp', timestamp, 'retry_count', retry_count }
      if correlation_id ~= '' then
        entry[9], entry[10] = 'correlation_id', correlation_id
      end
      if tonumber(due) <= now then
        write('XADD', stream, '*', unpack(entry))
      else
        if redis.call('EXISTS', stream) == 0 then
          write('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
        end
        -- What comes first keeps members with equal times apart, and in the order of their publication.
        table.insert(entry, 1, string.format('%010d%06d-%05d', time[1], time[2], n))
        write('ZADD', delayed, due, cjson.encode(entry))
      end
    end
  end
end

for from = 1, #stored, MAX_UNPACK do
  write('SADD', current, unpack(stored, from, math.min(from + MAX_UNPACK - 1, #stored)))
end
if is_new then
  if #stored > 0 then
    write('PEXPIREAT', current, (slot + 3) * window)
  end
  write('UNLINK', outdated)
end
if #stored == 0 and holder then
  -- A write that changes nothing: WAIT asks for what its connection wrote, and would call a repeated publication
  -- confirmed at once if it wrote nothing.
  local turn = holder == previous and slot - 1 or holder == following and slot + 1 or slot
  write('PEXPIREAT', holder, (turn + 3) * window)
end
return #stored
