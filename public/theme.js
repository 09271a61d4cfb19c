// Before the first paint, so that the theme never flashes. The app writes the same key.
try {
  const theme = localStorage.getItem("linkstar.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
