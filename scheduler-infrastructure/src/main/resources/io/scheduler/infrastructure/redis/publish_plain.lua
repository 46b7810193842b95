-- What publish.lua begins with: what plain messages need that were not seen, and nothing else. A sixth of what Redis would
-- spend on five of them goes into functions, tables and looks otherwise, and more where there are fewer. All others go on
-- in publish.lua, whose head describes keys, arguments and fields.

local MAX_UNPACK = 4000 -- Lua's stack holds about 8,000 values
local NEIGHBOURS = ' '

local call = redis.call
local time = call('TIME')
local slot = math.floor((time[1] * 1000 + time[2] / 1000) / ARGV[2])
local current = KEYS[3 + slot % 4]
local values, first_data = ARGV, 4 + 2 * ARGV[3]

-- The fields of each hash that matter here: what it notes of its neighbours, and a field for each stem.
local fields, messages = { NEIGHBOURS }, 0
for at = 4, first_data - 2, 2 do
  fields[#fields + 1] = values[at]
  messages = messages + #values[at + 1]
end

repeat -- once, unless something leads out of it
  if messages == 0 or #values ~= first_data - 1 + 2 * messages or #fields > MAX_UNPACK / 2 then
    break
  end
  local pcall, find, sub = redis.pcall, string.find, string.sub

  local found, older = call('HMGET', current, unpack(fields)), nil
  local neighbours = found[1]
  if neighbours == '1' then
    older = call('HMGET', KEYS[3 + (slot + 3) % 4], unpack(fields))
  elseif neighbours ~= '0' then
    break
  end

  -- For HSET, and in a list of several stems by stem too, because one that comes again is for publish.lua.
  local changes, unseen = {}, true
  for s = 2, #fields do
    local stem, endings, known = fields[s], values[1 + 2 * s], found[s]
    local seen = known
    if older and older[s] then
      seen = (known or '') .. older[s]
    end
    if seen then
      for n = 1, #endings do
        unseen = unseen and not find(seen, sub(endings, n, n), 1, true)
      end
    end
    unseen = unseen and not changes[stem]
    changes[2 * s - 3], changes[2 * s - 2] = stem, known and known .. endings or endings
    if #fields > 2 then
      changes[stem] = true
    end
  end
  if not unseen then
    break
  end

  call('HSET', current, unpack(changes))
  local stream, at = KEYS[1], first_data
  for s = 2, #fields do
    local stem, endings = fields[s], values[1 + 2 * s]
    for n = 1, #endings do
      local answer = pcall(
        'XADD', stream, '*', 'message_id', stem .. sub(endings, n, n),
        'data', values[at], 'timestamp', values[at + 1], 'retry_count', '0')
      if type(answer) == 'table' then
        for taken_back = 2, #fields do
          call('HSET', current, fields[taken_back], found[taken_back] or '')
        end
        error((at > first_data and 'PARTIAL ' or '') .. answer.err)
      end
      at = at + 2
    end
  end
  return messages
until true
