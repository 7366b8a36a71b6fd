"""How well employer risk is told, judged on a simulated truth that nothing downstream ever sees. See README.md."""
