-- Stores messages that were not seen within the deduplication window: those that are due at the end of the
-- stream, the others in the delayed set.
--
-- KEYS[1]     the stream
-- KEYS[2]     the delayed set
-- KEYS[3..6]  the ring of seen ids: four hashes, each of which takes the ids of one window's length; a field is a
--             stem, which is an id without its last character, and its value is the endings that came with it
-- ARGV[1]     the consumer group
-- ARGV[2]     the deduplication window in milliseconds
-- ARGV[3]     how many stems follow
-- ARGV[4..]   two values a stem: the stem, and its endings, each of which makes one message's id with it; none twice,
--             but the stem may come again
-- then        three values a message, in the order of the endings: data, timestamp, and what few messages have: empty,
--             or "<due> <retry_count> <correlation_id>", due being in milliseconds since 1970 (0: at once), and
--             correlation_id being empty where there is none
-- Returns     how many messages were stored; the others had been seen
--
-- All or none: whatever can fail is tried before the first write, unless the first write itself tells. An id is
-- remembered after its message was stored, never before, so that an error in between costs a duplicate and no
-- message. Because the ring looks one hash back, an id is remembered for one to two windows; and one hash ahead, so
-- that a clock that steps back, as after a fail-over, forgets none.

local VALUES = 3
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
local last_stem = 2 + 2 * ARGV[3]

local stems = {}
for at = 4, last_stem, 2 do
  stems[#stems + 1] = ARGV[at]
end

local plain = true
for at = last_stem + 4, #ARGV, VALUES do
  local rest = ARGV[at]
  if rest ~= '' then
    plain = false
    if not string.find(rest, '^%d+ %d+ ') then
      error("ERR '" .. rest .. "' is not empty, nor '<due> <retry_count> <correlation_id>'")
    end
  end
end

-- The endings that a hash remembers, by their stem.
local function look_into(key)
  local endings = {}
  for from = 1, #stems, MAX_UNPACK do
    local answers = redis.call('HMGET', key, unpack(stems, from, math.min(from + MAX_UNPACK - 1, #stems)))
    for k = 1, #answers do
      endings[stems[from + k - 1]] = answers[k] or nil
    end
  end
  return endings
end

local remembered = look_into(current)
local is_new = next(remembered) == nil and redis.call('EXISTS', current) == 0
local older = nil
if redis.call('EXISTS', previous, following) > 0 then
  older = look_into(previous)
  for stem, endings in pairs(look_into(following)) do
    older[stem] = (older[stem] or '') .. endings
  end
end

-- Wrong types have shown by now, but for the stream's, and missing permissions show here.
require_permission('HSET', current, 'f', 'v')
if is_new then
  require_permission('PEXPIREAT', current, 0)
  require_permission('UNLINK', outdated)
end
if not plain then
  redis.call('XLEN', stream)
  redis.call('ZCARD', delayed)
  require_permission('XADD', stream, '*', 'f', 'v')
  require_permission('ZADD', delayed, 0, 'm')
  require_permission('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
end

local stored = 0

local function store(id, at)
  local data, timestamp, rest = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  stored = stored + 1
  if rest == '' then
    -- Nearly all messages, in one call without a table in between.
    done(redis.pcall(
      'XADD', stream, '*', 'message_id', id, 'data', data, 'timestamp', timestamp, 'retry_count', '0'))
    return
  end
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
    table.insert(entry, 1, string.format('%010d%06d-%05d', time[1], time[2], stored))
    write('ZADD', delayed, due, cjson.encode(entry))
  end
end

local changed, seen = {}, nil
if is_new then
  -- Too long for the compact form of a hash, in which each look walks over all of it; no stem has a space.
  changed = { ' ', string.rep(' ', 100) }
end
local at = last_stem + 2
for s = 1, #stems do
  local stem, endings = stems[s], ARGV[3 + 2 * s]
  local known, added = remembered[stem], endings
  if older and older[stem] then
    known = (known or '') .. older[stem]
  end
  if known then
    added = ''
    for n = 1, #endings do
      local ending = string.sub(endings, n, n)
      if string.find(known, ending, 1, true) then
        seen = { stem, ending }
      else
        store(stem .. ending, at)
        added = added .. ending
      end
      at = at + VALUES
    end
  else
    for n = 1, #endings do
      store(stem .. string.sub(endings, n, n), at)
      at = at + VALUES
    end
  end
  if added ~= '' then
    remembered[stem] = (remembered[stem] or '') .. added
    changed[#changed + 1] = stem
    changed[#changed + 1] = remembered[stem]
  end
end

for from = 1, stored > 0 and #changed or 0, MAX_UNPACK do
  write('HSET', current, unpack(changed, from, math.min(from + MAX_UNPACK - 1, #changed)))
end
if is_new then
  if stored > 0 then
    write('PEXPIREAT', current, (slot + 3) * window)
  end
  write('UNLINK', outdated)
end
if stored == 0 and seen then
  -- A write that changes nothing: WAIT asks for what its connection wrote, and would call a repeated publication
  -- confirmed at once if it wrote nothing.
  for turn = slot - 1, slot + 1 do
    local holder = KEYS[3 + turn % 4]
    local endings = redis.call('HMGET', holder, seen[1])[1]
    if endings and string.find(endings, seen[2], 1, true) then
      write('PEXPIREAT', holder, (turn + 3) * window)
    end
  end
end
return stored
