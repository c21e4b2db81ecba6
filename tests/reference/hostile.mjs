/*
 * hostile.mjs: every method against every kind of bad file and bad option.
 *
 *	tests/reference/hostile.t [METHOD ...]    only these methods
 *	HOSTILE=all tests/reference/hostile.t     each method with everything
 *
 * Whatever comes in, the program ends with 0 and one JSON object that says a
 * status and holds no NaN, or with 2, nothing on standard output and one
 * sentence. It never ends by a signal, never says more than that, and never
 * takes long. Without HOSTILE=all every method meets all numbers that go wrong,
 * and the ways to spoil a file or an option, which one reader handles for all,
 * take turns. HOSTILE_PREFIX ("valgrind -q ...") runs the program under a
 * checker.
 */
import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { methods, rows } from "./inputs.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.TERAKOYA ?? join(top, "build", process.env.BUILD ?? "debug", "terakoya");
const prefix = process.env.HOSTILE_PREFIX ?? "";
const all = process.env.HOSTILE === "all";
/* Seconds of one run: of the processor, so that a busy machine is no fault. */
const patience = prefix || process.env.BUILD === "asan" ? 100 : 8;
const dir = mkdtempSync(join(tmpdir(), "hostile."));

/* ---- what may go wrong with a file ------------------------------------------ */

const lines = (text) => text.trimEnd().split("\n");
const head = (text) => lines(text)[0];
const body = (text) => lines(text).slice(1);
/** Every number cell replaced; words of groups and items stay. */
const cells = (text, f) => `${head(text)}\n${body(text).map((line) => line.split(",").map((c) => (/^[-\d.e]+$/.test(c) ? f(c) : c)).join(",")).join("\n")}\n`;
/** Only the number cells of the row in the middle. */
const middle = (text, f) => {
	const all = body(text), at = Math.floor(all.length / 2);
	all[at] = cells(`h\n${all[at] ?? ""}`, f).split("\n")[1];
	return `${head(text)}\n${all.join("\n")}\n`;
};
const bytes = (text, ...more) => Buffer.concat([Buffer.from(text), Buffer.from(more)]);

/** The number cells of a row replaced by what f makes of all of them. */
const inRows = (text, f) => `${head(text)}\n${body(text).map((line, i) => {
	const cell = line.split(","), at = cell.flatMap((c, j) => (/^[-\d.e]+$/.test(c) ? [j] : []));
	f(at.map((j) => Number(cell[j])), i).forEach((v, j) => { cell[at[j]] = v; });
	return cell.join(",");
}).join("\n")}\n`;

/* Numbers that are hard: every method meets each of them. */
const hard = {
	"empty file": (t) => "",
	"header only": (t) => `${head(t)}\n`,
	"one row": (t) => `${head(t)}\n${body(t)[0] ?? ""}\n`,
	"two rows": (t) => `${head(t)}\n${body(t).slice(0, 2).join("\n")}\n`,
	"constant columns": (t) => `${head(t)}\n${body(t).map(() => body(t)[0]).join("\n")}\n`,
	"all zero": (t) => cells(t, () => "0"),
	"all missing": (t) => `${head(t)}\n${body(t).map((l) => l.replace(/[^,]+/g, "")).join("\n")}\n`,
	"numbers missing": (t) => cells(t, () => ""),
	"half missing": (t) => { let n = 0; return cells(t, (c) => (n++ % 2 ? "" : c)); },
	"negative numbers": (t) => cells(t, (c) => `-${c}`),
	"one negative": (t) => middle(t, () => "-3"),
	"fractions": (t) => middle(t, () => "0.37"),
	"1e300": (t) => cells(t, (c) => `${c}e300`),
	"1e-300": (t) => cells(t, (c) => `${c}e-300`),
	"1e15": (t) => middle(t, () => "1000000000000000"),
	"1e9": (t) => middle(t, () => "1000000000"),
	"1e14 once": (t) => { let n = 0; return cells(t, (c) => (n++ ? c : "100000000000000")); },
	"1e19": (t) => middle(t, () => "1e19"),
	"large and close": (t) => cells(t, (c) => `${1e15 + Number(c)}`),
	"one column less": (t) => `${lines(t).map((l) => l.replace(/,?[^,]*$/, "")).join("\n")}\n`,
	"many columns": (t) => `${lines(t).map((l, i) => `${l},${rows(120, (j) => (i ? j % 2 : `n${j}`)).join(",")}`).join("\n")}\n`,
	"1e308": (t) => cells(t, () => "1e308"),
	"1e308 of both signs": (t) => { let n = 0; return cells(t, () => (n++ % 2 ? "1e308" : "-1e308")); },
	"the smallest numbers": (t) => cells(t, (c) => `${c}e-323`),
	"every row twice": (t) => `${head(t)}\n${body(t).flatMap((l) => [l, l]).join("\n")}\n`,
	"columns the same": (t) => inRows(t, (x) => x.map(() => x[0])),
	"columns that add up": (t) => inRows(t, (x) => [...x.slice(0, -1), x.slice(0, -1).reduce((a, b) => a + b, 0)]),
	"columns that double": (t) => inRows(t, (x, i) => x.map((_, j) => (i + 1) * 2 ** j)),
	"one differs": (t) => { let n = 0; return cells(t, () => (n++ ? "1" : "2")); },
};
/* Files no reader should trip over: the methods take turns. */
const spoil = {
	"letters": (t) => middle(t, () => "abc"),
	"the word Inf": (t) => middle(t, () => "Inf"),
	"the word NaN": (t) => middle(t, () => "NaN"),
	"1e999": (t) => middle(t, () => "1e999"),
	"hexadecimal": (t) => middle(t, () => "0x1p3"),
	"full-width digits": (t) => middle(t, () => "１２"),
	"CRLF": (t) => t.replaceAll("\n", "\r\n"),
	"BOM": (t) => `\uFEFF${t}`,
	"quoted": (t) => t.replace(/[^,\n]+/g, '"$&"'),
	"no last line end": (t) => t.trimEnd(),
	"CP932": (t) => bytes(t, 0x8c, 0xa4, 0x8f, 0x43, 0x0a),
	"UTF-16": (t) => Buffer.from(`\uFEFF${t}`, "utf16le"),
	"NUL bytes": (t) => t.replace(/.\n$/, "\0\n"),
	"NUL in the header": (t) => t.replace(/^./, "\0"),
	"a row too long": (t) => `${t}${"1,".repeat(40)}1\n`,
	"a row too short": (t) => (head(t).includes(",") ? `${t}1\n` : `${t}1,1\n`),
	"an open quotation mark": (t) => `${t}"1`,
	"a header twice": (t) => `${head(t).replace(/[^,]+/g, "x")}\n${body(t).join("\n")}\n`,
	"other columns": (t) => `${head(t).replace(/[^,]+/g, (c) => `no_${c}`)}\n${body(t).join("\n")}\n`,
	"a long cell": (t) => `${head(t)}\n${"9".repeat(100_000)}\n`,
	"a long header": (t) => `${"h".repeat(100_000)},${t}`,
	"only commas": (t) => `${",".repeat(5000)}\n`,
	"only line ends": (t) => "\n".repeat(5000),
	"bytes of any kind": () => Buffer.from(rows(5000, (i) => (i * 7919 + (i * i) % 251) % 256)),
};
const mustRefuse = new Set(["empty file", "letters", "the word Inf", "the word NaN", "1e999", "hexadecimal", "full-width digits",
	"CP932", "UTF-16", "NUL bytes", "NUL in the header", "an open quotation mark"]);
const mustNotBeOk = new Set(["1e300", "1e308", "1e308 of both signs"]);
const mustEqual = new Set(["CRLF", "BOM", "quoted", "no last line end"]);

/* ---- what may go wrong with options ------------------------------------------ */

const values = ["null", "true", "false", '"word"', '""', '"\\u0000"', "[]", "{}", "[1]", '[["A"]]', "-1", "0", "1", "0.5", "1.5", "2", "-0.0",
	"1e308", "-1e308", "1e-308", "9007199254740993", "18446744073709551615", "1.8446744073709552e19", "1000000000000", "1e400", '"grid 1000000 on [-6,6]"', '"gauss-hermite 0"'];
const keys = (options) => new Set([...Object.keys(options), "level", "seed", "B"]);
const badOptions = ["", "{", "[]", "null", "1", '"x"', "{}x", '{"level":0.5,"level":0.6}', `${"[".repeat(100_000)}`,
	`{"level":${"[".repeat(5000)}${"]".repeat(5000)}}`, '{"a\\u0000b":1}', "{'level':1}", '{"level":NaN}', "\u00ff{"];

/* ---- running ------------------------------------------------------------------ */

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** A shell that runs one command line after another: far cheaper than a process of this program's own each time. */
function shell(id) {
	const out = join(dir, `out${id}`), err = join(dir, `err${id}`);
	const child = spawn("sh", [], { cwd: dir, stdio: ["pipe", "pipe", "inherit"] });
	let heard = "", answer = null;
	child.stdout.on("data", (d) => {
		heard += d;
		if (!heard.endsWith("\n")) return;
		const status = Number(heard);
		heard = "";
		answer({ status, out: readFileSync(out, "utf8"), err: readFileSync(err, "utf8") });
	});
	child.stdin.write(`ulimit -c 0; ulimit -t ${patience}\n`);
	return {
		run: (args) => new Promise((resolve) => {
			answer = resolve;
			child.stdin.write(`${prefix} ${quoted(program)} analyse ${args.map(quoted).join(" ")} >out${id} 2>err${id} </dev/null; echo $?\n`);
		}),
		end: () => child.stdin.end(),
	};
}

/* Numbers between 0 and 1, and between -1 and 1. */
const chance = /^p$|^p_(?!adjust)|_p$/;
const bounded = new Set(["r", "pearson", "spearman", "kendall_tau_b", "rho", "rank_biserial", "cliff_delta", "r2", "eta2", "cramers_v", "cramers_v_bc", "jaccard", "r_item_rest", "r_item_total"]);

/** What is wrong with how a run ended; null if nothing is. */
function fault(method, r) {
	if (r.status > 128) return `ended by signal ${r.status - 128}: ${r.err.slice(0, 600)}`;
	if (r.status === 0) {
		if (r.err) return `said on standard error: ${r.err.slice(0, 600)}`;
		let odd = null;
		try {
			const o = JSON.parse(r.out, (key, value) => {
				for (const x of [value].flat(9))
					if (typeof x === "number" && (!Number.isFinite(x) || (chance.test(key) && !(x >= 0 && x <= 1)) || (bounded.has(key) && Math.abs(x) > 1)))
						odd ??= `${key} is ${x}`;
				for (const [k, hi] of Object.entries(value ?? {}).filter(([k]) => /(^|_)hi$/.test(k))) {
					const lo = value[k.replace(/hi$/, "lo")];
					[hi].flat().forEach((x, i) => { if (x !== null && [lo].flat()[i] > x) odd ??= `${k} ${x} is below ${[lo].flat()[i]}`; });
				}
				return value;
			});
			if (odd) return odd;
			if (typeof o.status !== "string" && !Array.isArray(o.status)) return "no status";
		} catch (e) { return `no JSON: ${e.message}`; }
		return null;
	}
	if (r.status !== 2) return `status ${r.status}: ${r.err.slice(0, 600)}`;
	if (r.out) return "refused and wrote a result";
	if (!r.err.startsWith(`terakoya analyse ${method}: `) || !r.err.endsWith("\n") || r.err.trimEnd().includes("\n"))
		return `not one sentence: ${r.err.slice(0, 600)}`;
	return r.err.length > 400 ? `a sentence of ${r.err.length} characters` : /[\x00-\x09\x0b-\x1f]/.test(r.err) ? "control characters" : null;
}

const only = process.argv.slice(2);
const names = execFileSync(program, ["analyse", "--list"], { encoding: "utf8" }).trimEnd().split("\n").map((l) => l.split(" ")[0]);
const fine = () => null;
let turn = 0;

/** The command line of a method on these files. */
const command = (method, files, options) => [method, ...files.flatMap((f) => ["--input", f]), ...(options === undefined ? [] : ["--options", options])];

/** Every run of a method: the good one first. */
function plan(method) {
	const [inputs, options] = methods[method], jobs = [];
	const files = Object.entries(inputs).map(([name, text]) => {
		const path = join(method, name.includes(".") ? name : `${name}.csv`);
		mkdirSync(join(dir, method), { recursive: true });
		writeFileSync(join(dir, path), text);
		return path;
	});
	const good = JSON.stringify(options);
	let plain = null;
	const add = (what, args, check = fine) => jobs.push({ what, args, check });
	/* One of n such runs, another one each time. */
	const inTurn = (n, what, args, check) => { if (all || only.length || turn++ % n === 0) add(what, args, check); };

	add("the good input", command(method, files, good), (r) => {
		plain = r.out;
		return r.status ? `refused: ${r.err}` : null;
	});
	Object.keys(inputs).forEach((name, at) => {
		const put = (path) => command(method, files.map((f, i) => (i === at ? path : f)), good);
		const damaged = (what, f, one) => {
			const path = join(method, `${at}.${what.replaceAll(" ", "_")}`), text = f(inputs[name]);
			/* Words, one a line: letters and blanks are good there; and where no cell is a number the text stays as it was. */
			const same = text === inputs[name] || (name.endsWith(".txt") && !/CP932|UTF-16|NUL|bytes/.test(what));
			const check = same ? fine : (r) => (mustRefuse.has(what) && r.status !== 2 ? "was not refused"
				: mustNotBeOk.has(what) && !/^noncentral|^power/.test(method) && r.status === 0 && /"status": "ok"/.test(r.out) ? "is ok"
				: mustEqual.has(what) && r.out !== plain ? `gave another result: ${r.err}` : null);
			writeFileSync(join(dir, path), text);
			one(`${name}: ${what}`, put(path), check);
		};
		for (const [what, f] of Object.entries(hard)) damaged(what, f, add);
		for (const [what, f] of Object.entries(spoil)) damaged(what, f, (...job) => inTurn(9, ...job));
		const others = { "a file that is not there": "nowhere.csv", "a folder": ".", "a device": "/dev/null", "a name with a line end": "no\nwhere.csv", "a long name": "x".repeat(5000) };
		for (const [what, path] of Object.entries(others)) inTurn(9, `${name}: ${what}`, put(path), (r) => (r.status === 2 || name.endsWith(".txt") ? null : "was not refused"));
	});
	if (files.length) add("no input", command(method, [], good), (r) => (r.status === 2 ? null : "was not refused"));
	inTurn(5, "the first input eight times", command(method, rows(8, () => files[0] ?? "x"), good));
	for (const key of keys(options))
		for (const value of values) {
			const rest = Object.entries(options).filter(([k]) => k !== key).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
			inTurn(19, `option ${key} = ${value}`, command(method, files, `{${[...rest, `${JSON.stringify(key)}:${value}`].join(",")}}`));
		}
	for (const value of badOptions)
		inTurn(19, `options ${value.slice(0, 30)}`, command(method, files, value), (r) => (r.status === 2 || value.startsWith('{"a') || value.startsWith('{"level":[') ? null : "were not refused"));
	return jobs;
}

try {
	const wrong = new Map(), queue = [];
	let count = 0, runs = 0, worst = 0, worstOf = "";
	for (const name of names)
		if (methods[name] && (!only.length || only.includes(name))) {
			wrong.set(name, []);
			queue.push([name, plan(name)]);
		}
	await Promise.all([0, 1].map(async (id) => {
		const sh = shell(id);
		while (queue.length) {
			const [method, jobs] = queue.shift();
			for (const job of jobs) {
				const start = Date.now(), r = await sh.run(job.args), took = Date.now() - start;
				const problem = fault(method, r) ?? job.check(r);
				if (problem) wrong.get(method).push(`${job.what}: ${problem}`);
				if (took > worst) [worst, worstOf] = [took, `${method}, ${job.what}`];
				runs++;
			}
		}
		sh.end();
	}));
	for (const name of names) {
		const list = wrong.get(name);
		if (only.length && !only.includes(name)) continue;
		console.log(`${list?.length === 0 ? "" : "not "}ok ${++count} - ${name} ends well whatever comes in`);
		if (!list) console.log(`# there is no good input of ${name} in this test`);
		for (const w of list ?? []) console.log(`# ${w.trimEnd().replaceAll("\n", "\n# ")}`);
		if (list?.length !== 0) process.exitCode = 1;
	}
	console.log(`# ${runs} runs, the longest ${worst} ms (${worstOf})`);
	console.log(`1..${count}`);
} finally {
	rmSync(dir, { recursive: true, force: true });
}
