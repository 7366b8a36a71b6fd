"""The catalogue that the features of employers are declared in, and what several of them say alike."""

from features.feature import Catalogue, Reason

EMPLOYER_FEATURES = Catalogue("employer")
feature = EMPLOYER_FEATURES.declare

SHARE: tuple[float, float] = (0, 1)
CHANGE: tuple[float, float] = (-1, 1)
NO_PAYROLL = Reason(en="no payroll of these months is known", zh="该期间无工资数据")
