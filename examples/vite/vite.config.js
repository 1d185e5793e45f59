export default {
  // Pages of any directory can hold the built app.
  base: "./",
  // The package finds its module and tables beside its script; Vite's prepared copies of dependencies would lose them.
  optimizeDeps: { exclude: ["aerocodes-web"] },
};
