/*
 * golden.mjs: terakoya analyse gives the reference values.
 *
 * Every case is a folder with the inputs and expected.json (method, inputs,
 * options, tolerance, expected). The cases of tests/reference are ours (CC0);
 * those of ../shared/golden may not be copied and are skipped where absent.
 *
 *	tests/reference/golden.t [NAME ...]     only cases whose name contains it
 *
 * TERAKOYA is the program (build/debug/terakoya), GOLDEN the other folder.
 *
 * Tolerance: |got - want| <= tol * max(1, |want|), tol the nearest entry of
 * "tolerance" on the way down; with "relative" |got - want| <= tol * |want|,
 * absolute where want is 0. p-values must agree to max(tol, 1e-6) relatively
 * as well unless they are below 1e-12.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, "..", "..");
const program = process.env.TERAKOYA ??
	join(top, "build", process.env.BUILD ?? "debug", "terakoya");
const shared = process.env.GOLDEN ?? join(top, "..", "shared", "golden");
const only = process.argv.slice(2);
const isP = /^(p|p_.*|.*_p)$/;
/* Not results but properties of the reference run itself. */
const skipped = new Set(["mc_sd_at_B10000"]);
const notP = new Set(["p_pre", "p_post", "p_top"]);

function near(got, want, tol, key, c) {
	const relative = c.tolerance.relative === true;
	const size = relative ? Math.abs(want) || 1 : Math.max(1, Math.abs(want));
	const gap = Math.abs(got - want);

	if (!(gap <= tol * size))
		return false;
	if (c.method.endsWith("_cdf") || !isP.test(key) || notP.has(key) ||
	    Math.abs(want) < 1e-12)
		return true;
	return gap <= Math.max(tol, 1e-6) * Math.abs(want);
}

function compare(got, want, tol, path, c, wrong) {
	const key = path.filter((p) => typeof p === "string").at(-1) ?? "";
	const say = (what) => wrong.push(`${path.join(".")}: ${what}`);

	if (key !== "default" && typeof c.tolerance[key] === "number")
		tol = c.tolerance[key];
	if (skipped.has(key))
		return;
	if (want === null)
		return got === null || got === undefined ? 0 :
			say(`want null, got ${got}`);
	if (got === undefined)
		return say("missing");
	if (Array.isArray(want)) {
		if (!Array.isArray(got) || got.length !== want.length)
			return say("another length");
		return want.forEach((w, i) =>
			compare(got[i], w, tol, [...path, i], c, wrong));
	}
	if (typeof want === "object") {
		if (got === null || typeof got !== "object")
			return say("no object");
		return Object.keys(want).forEach((k) =>
			compare(got[k], want[k], tol, [...path, k], c, wrong));
	}
	if (typeof want !== "number")
		return got === want ? 0 : say(`want ${want}, got ${got}`);
	if (typeof got !== "number" || !near(got, want, tol, key, c))
		say(`want ${want}, got ${got}`);
}

function run(folder) {
	const c = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
	const args = ["analyse", c.method];
	const wrong = [];
	let got;

	for (const input of c.inputs)
		args.push("--input", join(folder, input));
	if (c.options)
		args.push("--options", JSON.stringify(c.options));
	const r = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
	if (r.status !== 0)
		return [`exit status ${r.status ?? r.signal}: ` +
			(r.stderr ?? String(r.error)).trim()];
	try {
		got = JSON.parse(r.stdout);
	} catch (e) {
		return [`no JSON: ${e.message}`];
	}
	compare(got, c.expected, c.tolerance.default ?? 1e-9, [], c, wrong);
	return wrong;
}

function cases(folder) {
	if (!existsSync(folder))
		return [];
	return readdirSync(folder).sort()
		.filter((name) => existsSync(join(folder, name, "expected.json")))
		.filter((name) => !only.length || only.some((o) => name.includes(o)));
}

const own = cases(here);
const others = cases(shared).filter((name) => !own.includes(name));
const all = [...own.map((n) => [n, here]), ...others.map((n) => [n, shared])];
let n = 0;
let failed = 0;

for (const [name, folder] of all) {
	const wrong = run(join(folder, name));

	console.log(`${wrong.length ? "not " : ""}ok ${++n} - ${name} has its ` +
		"reference values");
	for (const w of wrong.slice(0, 8))
		console.log(`#   ${w}`);
	failed += wrong.length ? 1 : 0;
}
if (!existsSync(shared) && !only.length)
	console.log(`ok ${++n} # SKIP ../shared/golden is not here: ` +
		"its cases cannot be copied into the tree");
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
