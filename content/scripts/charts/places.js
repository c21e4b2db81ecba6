/*
 * places.js: where the words of a network stand. Words that are joined form
 * an island; each is laid out by itself (springs along the links, repulsion
 * between all), then labels are pushed off each other, and the islands are
 * set in rows. No chance is in it: the same network looks the same again.
 */
const GAP = 12, ROW = 28;

/* Indexes of the nodes of each island, the largest first. */
function islands(nodes, links) {
	const of = nodes.map((_, i) => i);
	const root = (i) => (of[i] === i ? i : (of[i] = root(of[i])));

	for (const { from, to } of links)
		of[root(from)] = root(to);
	const all = Map.groupBy?.(nodes.keys(), root) ?? nodes.reduce((map, _, i) =>
		map.set(root(i), [...(map.get(root(i)) ?? []), i]), new Map());

	return [...all.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/* Fruchterman and Reingold (1991), distances in units of a link. */
function springs(n, pairs) {
	const at = Array.from({ length: n }, (_, i) => {
		const turn = 2 * Math.PI * i / n + 0.4;
		const r = Math.sqrt(n) / 2;

		return [r * Math.cos(turn), r * Math.sin(turn)];
	});

	for (let heat = Math.sqrt(n) / 4; heat > 0.002; heat *= 0.97) {
		const move = at.map(() => [0, 0]);
		const push = (a, b, by) => {
			const x = at[a][0] - at[b][0], y = at[a][1] - at[b][1];
			const d = Math.max(Math.hypot(x, y), 0.01);

			move[a][0] += x / d * by(d);
			move[a][1] += y / d * by(d);
			move[b][0] -= x / d * by(d);
			move[b][1] -= y / d * by(d);
		};

		for (let a = 0; a < n; a++)
			for (let b = 0; b < a; b++)
				push(a, b, (d) => 1 / d);
		for (const [a, b] of pairs)
			push(a, b, (d) => -d * d);
		at.forEach((p, i) => {
			const d = Math.hypot(...move[i]);
			const step = Math.min(d, heat) / Math.max(d, 1e-9);

			p[0] += move[i][0] * step;
			p[1] += move[i][1] * step;
		});
	}
	return at;
}

/* Push boxes apart that overlap, the shorter way; all stay within width. */
function apart(at, boxes, width) {
	for (let round = 0; round < 200; round++) {
		let moved = false;

		for (let a = 0; a < at.length; a++)
			for (let b = 0; b < a; b++) {
				const x = at[a][0] - at[b][0];
				const y = at[a][1] - at[b][1];
				const dx = (boxes[a].width + boxes[b].width) / 2
					+ GAP - Math.abs(x);
				const dy = (boxes[a].height + boxes[b].height) / 2
					- Math.abs(y);
				const axis = dx < dy && round < 100 ? 0 : 1;
				const by = (axis ? dy : dx) / 2 + 0.1;

				if (dx <= 0 || dy <= 0)
					continue;
				const way = (axis ? y : x) < 0 ? -by : by;

				at[a][axis] += way;
				at[b][axis] -= way;
				moved = true;
			}
		at.forEach((p, i) => {
			const half = boxes[i].width / 2;

			p[0] = Math.min(Math.max(p[0], half), width - half);
		});
		if (!moved)
			return;
	}
}

/* An island from its own top left corner. */
function island(members, boxes, links, width) {
	const own = members.map((i) => boxes[i]);
	const place = new Map(members.map((i, at) => [i, at]));
	const at = springs(members.length, links
		.filter(({ from }) => place.has(from))
		.map(({ from, to }) => [place.get(from), place.get(to)]));
	/* Of a link; a telephone gets shorter ones. */
	const unit = Math.min(84, width / 5);
	const wide = own.reduce((sum, box) => sum + box.width, 0) / own.length;
	const span = (axis, list) => [
		Math.min(...list.map((p, i) => p[axis] -
			own[i][axis ? 'height' : 'width'] / 2)),
		Math.max(...list.map((p, i) => p[axis] +
			own[i][axis ? 'height' : 'width'] / 2))];

	for (const p of at) {
		p[0] *= Math.max(wide, unit);
		p[1] *= unit;
	}
	let [from, to] = span(0, at);
	const fit = Math.min(1, width / (to - from));

	for (const p of at)
		p[0] = (p[0] - from) * fit;
	apart(at, own, width);
	[from, to] = span(0, at);
	const [top, bottom] = span(1, at);

	for (const p of at) {
		p[0] -= from;
		p[1] -= top;
	}
	return { members, at, width: to - from, height: bottom - top };
}

/* { at: [x, y] of each node's middle, height } within the width. */
export function places(boxes, links, width) {
	const at = [], rows = [];

	for (const members of islands(boxes, links)) {
		const one = island(members, boxes, links, width);
		let row = rows.find((r) => r.width + one.width + ROW <= width);

		if (!row)
			rows.push(row = { width: 0, height: 0, list: [] });
		row.list.push(one);
		row.width += one.width + (row.list.length > 1 ? ROW : 0);
		row.height = Math.max(row.height, one.height);
	}
	let y = 0;

	for (const row of rows) {
		const spare = Math.max(width - row.width, 0) / (row.list.length + 1);
		let x = spare;

		for (const one of row.list) {
			const down = (row.height - one.height) / 2;

			one.members.forEach((i, k) => {
				at[i] = [x + one.at[k][0], y + down + one.at[k][1]];
			});
			x += one.width + ROW + spare;
		}
		y += row.height + ROW;
	}
	return { at, height: y - ROW };
}
