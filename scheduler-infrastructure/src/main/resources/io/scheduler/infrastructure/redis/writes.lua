-- What all scripts share that write. It is put in front of each of them.
--
-- A script that fails is not rolled back. So each tries first what can be tried without writing, and if a write fails
-- after all (most likely because the user may not run that command), the error tells whether something had been written
-- before: it then begins with PARTIAL. What was written only to be remembered, and is taken back, does not count.

local written = 0

-- Takes the answer of redis.pcall to a write.
local function done(answer)
  if type(answer) == 'table' and answer.err then
    error((written > 0 and 'PARTIAL ' or '') .. answer.err)
  end
  written = written + 1
  return answer
end

local function write(...)
  return done(redis.pcall(...))
end

-- Fails unless the user may write with this command. Only Redis 7 and newer can tell; the others find out.
local function require_permission(...)
  if redis.acl_check_cmd and not redis.acl_check_cmd(...) then
    error("NOPERM The user executing the script can't run " .. (...))
  end
end
