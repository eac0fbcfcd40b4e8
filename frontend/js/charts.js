// Charts beside their tables: data-chart holds {names: [], series: [{name, values: []}], target}. Without scripts the
// table says it all. Drawn on a canvas: the Content-Security-Policy refuses what a tooltip of HTML would need.
const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const draw = (place) => {
  const { names, series, target, percent } = JSON.parse(place.dataset.chart);
  // Told apart by colour-blind readers, too: slate, amber, pine.
  const colours = ["--slate", "--amber", "--pine", "--vermilion"].map(tone);
  const ink = tone("--ink-soft");
  const text = { color: ink, fontFamily: tone("--face"), fontSize: 13 };
  const chart = echarts.init(place, null, { renderer: "canvas" });
  // Long names under narrow columns would break within words: on a phone they stand beside lying bars.
  const lies = place.clientWidth / names.length < 72 && names.some((name) => name.length > 6);
  const axis = { type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: tone("--line-firm") } } };
  const columns = { ...axis, axisLabel: { ...text, interval: 0, lineHeight: 17, width: Math.max(36, place.clientWidth / names.length - 12), overflow: "break" } };
  const lying = { ...axis, inverse: true, axisLabel: { ...text, interval: 0, lineHeight: 17, width: 120, overflow: "break" } };
  const figures = { type: "value", minInterval: percent ? undefined : 1, splitLine: { lineStyle: { color: tone("--line") } }, axisLabel: text };
  const round = lies ? [0, 3, 3, 0] : [3, 3, 0, 0];
  chart.setOption({
    aria: { enabled: true },
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: colours,
    textStyle: text,
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, textStyle: text },
    xAxis: lies ? figures : columns,
    yAxis: lies ? lying : figures,
    series: series.map((one, at) => ({
      type: "bar",
      name: one.name,
      data: one.values,
      barMaxWidth: lies ? 16 : 28,
      stack: one.stack,
      itemStyle: { borderRadius: one.stack ? 0 : round },
      markLine: at === 0 && target ? { silent: true, symbol: "none", lineStyle: { color: tone("--vermilion"), type: "dashed" }, label: { ...text, formatter: target.name, position: lies ? "start" : "insideStartTop" }, data: [lies ? { xAxis: target.value } : { yAxis: target.value }] } : undefined,
    })),
  });
  addEventListener("resize", () => chart.resize());
};
addEventListener("load", () => {
  if (!globalThis.echarts) return;
  for (const place of document.querySelectorAll("[data-chart]")) {
    place.hidden = false;
    draw(place);
  }
});
