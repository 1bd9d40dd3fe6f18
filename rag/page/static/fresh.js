// How fresh the coverage is, in the zone that the reader chose.
watch("value", () => window.presstimeTimes?.());
window.presstimeTimes?.();
