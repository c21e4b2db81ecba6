/* charts.js: drawing comes next. */
