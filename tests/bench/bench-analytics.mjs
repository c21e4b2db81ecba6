// bench-analytics.mjs: the statistics library against R, and against itself.
//
//   node tests/bench/bench-analytics.mjs      alone, after make BUILD=release benches
//   BENCH_ONLY=analytics make bench           as a part of the speed table
//
// Both sides read the same doubles, run on one core, and take turns: the median
// of three rounds counts. A line is met only when both say the same numbers, to
// its tolerance; null is where R does a part of the work only, so that there is
// nothing to compare. Where Rscript or one of its packages is absent, its lines
// are skipped, and the last line counts them.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = "tests/bench/analytics.R";
const oneCore = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// what, rows, goal, R's name for it, its package, tolerance and a word about it.
// MWDS takes few values: boot counts replicates that equal the statistic, but
// for rounding, to one side, and its limits move by that.
const lines = [
	["alpha and item statistics, 100,000 x 30 / psych::alpha", "alpha", 100_000, 5, "alpha", "psych", 1e-9],
	["  the same / one crossprod of base R", "alpha", 100_000, 1, "crossprod", null, null],
	["  the same / alpha by covariances, base R", "alpha", 100_000, 1, "alpha_base", null, 1e-9],
	["2PL by EM, 50,000 x 30, 61 nodes / matrices in R", "irt", 50_000, 5, "irt", null, 1e-6],
	["BCa of alpha, 2,000 resamples of 250 x 20 / boot", "bca_alpha", 250, 10, "bca_alpha", "boot", 1e-9],
	["BCa of 20 MWDS, 2,000 resamples of 250 / boot", "bca_needs", 250, 10, "bca_needs", "boot", 5e-3],
	["signed ranks and shift, 1,000,000 / wilcox.test", "signed_rank", 1_000_000, 3, "signed_rank", null, 1e-9],
	["paired t, 1,000,000 / t.test", "paired_t", 1_000_000, 1, "paired_t", null, 1e-9],
	["mean, sd, median of 1,000,000 / mean, sd, median", "describe", 1_000_000, 1, "describe", null, 1e-9],
	["McNemar of 4 items, 1,000,000 / table, binom.test", "mcnemar", 1_000_000, 1, "mcnemar", null, 1e-6],
];

// Time per row at 1,000,000 over that at 10,000. Ten thousand rows lie in the
// caches of the processor, a million do not.
const scaled = [["describe", "descriptives"], ["alpha", "alpha and item statistics of 30"], ["paired", "matched change"],
	["signed_rank", "signed ranks"], ["mcnemar", "McNemar of 4 items"], ["needs", "needs of 4 competencies"]];
const most = 2.5;

/** The last line: nothing is met that was not measured. */
export function verdict({ met, failed, skipped }) {
	return `${met} goals met, ${failed} missed, ${skipped} skipped`;
}

function near(a, b, tolerance) {
	return a.length === b.length && a.every((x, i) => Math.abs(x - b[i]) <= tolerance * Math.max(1, Math.abs(b[i])));
}

/** Which packages R has; null without R. */
function packages() {
	const found = spawnSync("Rscript", ["--vanilla", "-e", "cat(.packages(TRUE))"], { encoding: "utf8" });
	return found.status === 0 ? found.stdout.split(" ") : null;
}

export function analytics({ report, skip, build }) {
	const dir = mkdtempSync(join(tmpdir(), "bench."));
	const c = (what, rows) => JSON.parse(execFileSync(join(build, "analytics"), ["time", what, dir, String(rows)], { encoding: "utf8" }));
	const r = (what, rows) => JSON.parse(execFileSync("Rscript", ["--vanilla", script, what, dir, String(rows)], { encoding: "utf8", env: oneCore }));

	/** One line: three rounds of both, in turn. */
	function against([text, what, rows, goal, theirs, needed, tolerance], have) {
		if (!have) return skip(text, "Rscript is not installed (tools/deps bench-r)");
		if (needed && !have.includes(needed)) return skip(text, `R has no package ${needed} (tools/deps bench-r)`);
		const ours = [], other = [];
		for (let round = 0; round < 3; round++) {
			ours.push(c(what, rows));
			other.push(r(theirs, rows));
		}
		const a = median(ours.map((x) => x.seconds)), b = median(other.map((x) => x.seconds));
		const same = tolerance === null || near(ours[0].values, other[0].values, tolerance);
		report(text, `${(b / a).toFixed(1)} x`, `>= ${goal} x as fast`, b / a >= goal && same,
			`${(1000 * a).toFixed(1)} ms against ${(1000 * b).toFixed(0)} ms${same ? "" : ", THEY DISAGREE"}`);
	}

	function proportion([what, text]) {
		const small = [], large = [];
		for (let round = 0; round < 3; round++) {
			small.push(c(what, 10_000).seconds / 10_000);
			large.push(c(what, 1_000_000).seconds / 1_000_000);
		}
		const a = median(small), b = median(large);
		report(`${text}: time per row, 1,000,000 / 10,000 rows`, (b / a).toFixed(2), `<= ${most}`, b / a <= most,
			`${(1e9 * b).toFixed(1)} ns against ${(1e9 * a).toFixed(1)} ns`);
	}

	try {
		execFileSync(join(build, "analytics"), ["data", dir]);
		const have = packages();
		for (const line of lines) against(line, have);
		for (const line of scaled) proportion(line);
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	let met = 0, failed = 0, skipped = 0;
	analytics({ build: process.env.BENCH_BUILD ?? "build/release/tests/bench", skip: (what, why) => {
		skipped++;
		console.log(`skip ${what}: ${why}`);
	}, report: (what, value, goal, good, note) => {
		if (good) met++; else failed++;
		console.log(`${good ? "ok  " : "MISS"} ${what.padEnd(62)} ${String(value).padStart(10)}  goal ${goal}  ${note}`);
	} });
	console.log(`\n${verdict({ met, failed, skipped })}`);
	process.exit(failed ? 1 : 0);
}
