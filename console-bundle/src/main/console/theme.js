// Sets the chosen theme before anything is drawn; without a choice the system's holds, and changes with it.
(() => {
  try {
    const theme = localStorage.getItem('pawl.theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
    if (localStorage.getItem('pawl.density') === 'compact') {
      document.documentElement.dataset.density = 'compact';
    }
  } catch {
    // a browser without storage has the system's theme
  }
})();
