-- What the scripts share that move entries. It is put in front of each of them.
--
-- An entry is a list of names and values. Moving one writes the new place first and deletes the old one then, because
-- a script that fails is not rolled back. An entry that moves gets a new id, so an id stands for one delivery only.

local function now_in_millis()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local MAX_COUNT = 2147483647 -- Java's largest int
local MAX_VALUES = 7000 -- Lua's stack holds about 8,000; entries of ours have 12 at most

-- The entry's fields; nil if there is no such entry.
local function read_entry(stream, id)
  local found = redis.call('XRANGE', stream, id, id)
  return found[1] and found[1][2]
end

local function position_of(fields, name)
  for i = 1, #fields, 2 do
    if fields[i] == name then
      return i
    end
  end
end

-- A count that strangers may have written: what is none counts as zero, and one more than it still is one.
local function number_in(fields, name)
  local at = position_of(fields, name)
  local digits = at and string.match(fields[at + 1], '^%d+$')
  return digits and math.min(tonumber(digits), MAX_COUNT - 1) or 0
end

-- Sets a field, and removes what else bears its name: readers would not know which one holds.
local function put(fields, name, value)
  local at = position_of(fields, name) or #fields + 1
  fields[at], fields[at + 1] = name, string.format('%d', value)
  for i = #fields - 1, at + 2, -2 do
    if fields[i] == name then
      table.remove(fields, i + 1)
      table.remove(fields, i)
    end
  end
end

-- Called before the first write of a script that moves entries. Moving needs no memory in the end, but XADD would be
-- refused when memory is full, unless the script has written already: acknowledging nothing is such a write.
local function prepare_to_move(stream, group, target)
  require_permission('XADD', target, '*', 'f', 'v')
  require_permission('XADD', stream, '*', 'f', 'v')
  require_permission('XACK', stream, group, '0-0')
  require_permission('XDEL', stream, '0-0')
  redis.call('XACK', stream, group, '0-0')
end

-- Gives an entry up. What it was comes first, byte for byte; three fields are added behind.
local function bury(dead, fields, reason, attempts)
  local letter = {}
  for i = 1, math.min(#fields, MAX_VALUES) do
    letter[i] = fields[i]
  end
  if #fields > MAX_VALUES then
    reason = reason .. ' (kept are the first ' .. MAX_VALUES / 2 .. ' of its ' .. #fields / 2 .. ' fields)'
  end
  local n = #letter
  letter[n + 1], letter[n + 2] = 'dead_reason', reason
  letter[n + 3], letter[n + 4] = 'dead_at', tostring(now_in_millis())
  letter[n + 5], letter[n + 6] = 'dead_attempts', tostring(attempts)
  write('XADD', dead, '*', unpack(letter))
end

local function leave(stream, group, id)
  write('XACK', stream, group, id)
  write('XDEL', stream, id)
end
