-- load.lua: what wrk sends and what it reports.
--
-- BENCH_COOKIES: file with a line "cookie" per signed-in visitor, or unset.
-- BENCH_PATH:    an address with {zeros}, of which each request has another
--                number of noughts, so that no worker has its page ready.
-- BENCH_ACCEPT:  the header of that name, or unset.
-- BENCH_POSTS:   file with lines "path<TAB>cookie<TAB>body", each sent once.
-- Prints one JSON line: rate per second, p50 and p99 in ms, errors.

local cookies, posts, at, step, threads = {}, nil, 0, 1, {}

local function lines(name)
	local list = {}
	for line in io.lines(name) do list[#list + 1] = line end
	return list
end

function setup(thread)
	thread:set("number", #threads)
	threads[#threads + 1] = thread
end

function init(args)
	good, bad = 0, 0
	anew, noughts = os.getenv("BENCH_PATH"), 0
	if os.getenv("BENCH_COOKIES") then cookies = lines(os.getenv("BENCH_COOKIES")) end
	if os.getenv("BENCH_POSTS") then
		posts = {} -- put together before the clock runs
		for i, line in ipairs(lines(os.getenv("BENCH_POSTS"))) do
			local path, cookie, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
			posts[i] = wrk.format("POST", path, { ["Cookie"] = cookie,
				["Content-Type"] = "application/x-www-form-urlencoded" }, body)
		end
		step = tonumber(os.getenv("BENCH_THREADS") or "1")
		at = number -- every thread takes its own share
	end
end

function request()
	if posts then
		at = at + step
		return posts[at] or wrk.format("GET", "/healthz")
	end
	at = at % math.max(#cookies, 1) + 1
	local path
	if anew then
		noughts = (noughts + 1) % 97
		path = anew:gsub("{zeros}", string.rep("0", noughts))
	end
	return wrk.format("GET", path, { ["Cookie"] = cookies[at], ["Accept"] = os.getenv("BENCH_ACCEPT") })
end

-- Looking at each reply costs wrk more than nginx needs to send it, so only
-- posts are looked at; for pages wrk itself counts what is not 2xx or 3xx.
local want = tonumber(os.getenv("BENCH_STATUS") or "0")
if want > 0 then
	function response(status)
		if status == want then good = good + 1 else bad = bad + 1 end
	end
end

function done(summary, latency)
	local ok, wrong = 0, 0
	for _, t in ipairs(threads) do ok = ok + t:get("good"); wrong = wrong + t:get("bad") end
	local e = summary.errors
	if want == 0 then ok, wrong = summary.requests - e.status, e.status end
	io.write(string.format('{"rate": %.1f, "p50": %.2f, "p99": %.2f, "good": %d, "errors": %d}\n',
		ok / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
		ok, wrong + e.connect + e.read + e.write + e.timeout))
end
