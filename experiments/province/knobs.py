"""What can be turned: every parameter of the province with its unit. Tables of kinds are the CSV files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# Rates of contribution, employer and worker together, as a share of the base.
SCHEME_RATES = {"pension": 0.24, "medical": 0.085, "unemployment": 0.01, "work_injury": 0.006, "maternity": 0.005}


@dataclass(frozen=True)
class Knobs:
    """Parameters of a province. Cash is in standard deviations of an ordinary employer's cash over time."""

    # Size and time
    employers: int = 3_000  # employers ever registered
    months: int = 24  # calendar months that the registers cover
    end: dt.date = dt.date(2024, 12, 31)  # the last day anything is known; the last day of a month
    warm_up: int = 14  # months simulated before them, kept in no register
    schemes: tuple[str, ...] = ("pension", "medical")  # keys of SCHEME_RATES
    block: int = 5_000  # employers whose workers are simulated together; other blocks, other people

    # Employers
    median_workers: float = 8.0  # workers of the median private employer in an industry of size 1
    size_spread: float = 1.0  # standard deviation of log workers
    tail: float = 0.03  # share of employers whose size is of the Pareto tail
    tail_exponent: float = 1.2  # chance of more than x workers falls as x to the minus this
    tail_from: float = 40.0  # workers of the least of the tail, in an industry of size 1
    most_workers: int = 2_000  # workers
    age_years: float = 8.0  # mean years since registration of those registered before the start
    births: float = 0.06  # share of employers a year
    closures: float = 0.002  # chance a month that a sound employer closes
    closures_in_need: float = 0.03  # chance a month where cash is below `unpaid_below`

    # Cash
    persistence: float = 0.92  # correlation of cash from month to month
    quality: float = 0.62  # spread between employers of their mean cash
    industry_shocks: float = 0.08  # share of the monthly variance that an industry has in common
    region_shocks: float = 0.04  # share of the monthly variance that a region has in common
    blows: float = 0.004  # chance a month of a sudden loss
    blow: float = 1.8  # cash lost by one
    contagion: float = 0.30  # cash lost a month while the main contractor does not pay
    contagion_after: int = 2  # months for which one that closed in need still counts as not paying

    # Who belongs to whom
    near_contractor: float = 0.7  # share of subcontractors whose main contractor is of their region
    phoenix: float = 0.45  # chance that an employer that closes in need opens again as another
    phoenix_wait: tuple[int, int] = (1, 7)  # months from closing to the other's first payroll: from, up to
    phoenix_workers: float = 0.6  # share of the workers of its last months who wait for it
    kin_places: float = 0.6  # share of new places that phoenixes and spiders would fill with them
    spiders: float = 0.01  # share of employers that one director has several of, moving workers between them
    spider_size: tuple[int, int] = (3, 7)  # employers of one: from, up to
    spider_cash: float = -0.5  # added to their mean cash
    spider_moves: float = 0.10  # chance a month that half of the workers of one's employers change among them
    holdings: float = 0.04  # share of employers in innocent families with common owners
    offices: float = 0.10  # share of employers at the address of a shared office building
    accounted: float = 0.35  # share of employers whom an accounting firm represents
    clients: int = 150  # employers an accounting firm and an office building have on average
    tie_changes: float = 0.08  # chance a year that a phone, an address, an account or a director changes
    tie_lag: int = 60  # days until the authority sees a tie, at most

    # What an employer does at which cash
    symptom_spread: float = 0.25  # spread between employers of the next two cash levels
    late_below: float = -1.05  # wages are paid late
    late_days: float = 18.0  # days late per unit of cash below it, 25 at most
    contributions_below: float = -1.6  # contributions lapse
    catch_up: float = 0.35  # chance a month that lapsed contributions are paid once cash is back
    unpaid_below: float = -2.05  # wages go partly unpaid
    unpaid_start: float = 0.25  # share unpaid just below it
    unpaid_slope: float = 0.45  # further share unpaid per unit of cash
    settle: float = 0.30  # chance a month that arrears are paid once cash is back
    settle_in_need: float = 0.03  # the same while it is not
    settle_before_festival: float = 0.25  # added in campaign months in campaign industries
    chronic: float = 0.08  # share of employers who always pay 3 to 20 days late, and pay
    seasonal: float = 0.06  # share of employers who pay late and employ few in their industry's trough, and pay
    some_workers: float = 0.5  # share of employers who leave some workers without pay; the others pay all a part
    shrinking: float = 0.03  # share of places given up a month in need
    minimum_base: float = 0.25  # share of employers who contribute on the least base, whatever they pay
    uninsured: float = 0.05  # share of employers who insure nobody
    underpays: float = 0.05  # share of employers who pay some workers less than the minimum wage
    underpaid: float = 0.3  # share of their workers whom they pay so

    # Workers
    rehired: float = 0.6  # share of new workers who left another employer of region and industry
    looking: int = 6  # months after which a leaver is no longer looked for
    second_jobs: float = 0.04  # share of the other new workers who keep the job they have

    # Complaints
    complaints: float = 0.15  # complaints a month per month of wages owed, 8 workers, reporting 1
    unfounded: float = 0.0015  # complaints a month without ground, 8 workers
    contribution_complaints: float = 0.002  # complaints a month per month of contributions lapsed, 8 workers
    groups: float = 0.15  # share of founded complaints that a large part of the workers file together
    duplicates: float = 0.5  # chance that a second complaint while one is open is closed as its duplicate
    decision_days: tuple[int, int, int] = (20, 60, 200)  # days from filing: least, median, most
    recovery: float = 0.55  # chance that what was proven is paid by the day of the decision

    # Inspections
    visits: float = 1.5  # multiplies the visits of regions.csv (a month per 1,000 employers)
    visit_complaint: float = 0.35  # chance that a complaint leads to a visit
    random_share: float = 0.10  # share of visits drawn by lot
    campaign_share: float = 0.5  # share of visits in campaign months that go to campaign industries
    campaign_months: tuple[int, ...] = (12, 1)  # months before the Spring Festival
    habit: float = 1.3  # spread of the log weight by which routine visits return to the same employers
    detection: float = 0.8  # chance that a visit finds wages that are owed
    inspection_days: tuple[int, int, int] = (10, 35, 120)  # days from opening: least, median, most
    stale_months: int = 3  # months for which lists still hold an employer that closed

    # Filing
    late_filing: float = 0.03  # share of employer-months that the authority sees weeks late
    corrections: float = 0.002  # share of worker-months first written wrong
    restated: float = 0.12  # chance a month in need that all wages due are corrected downwards
    reports_unmade: float = 0.08  # share of employers whose payroll says paid what was not
    never_files: float = 0.04  # share of employers who file no payroll
    stops_filing: float = 0.10  # share of employers who file no payroll for months in need

    # Benefits: persons, claims, payouts, claim_decisions
    benefits: bool = False  # simulated at all
    pensioners: float = 0.15  # pensioners over workers
    couples: float = 0.4  # share of pensioners who are couples
    one_account: float = 0.5  # share of couples and families with one account
    families: float = 0.15  # share of workers in families of two to four at one address
    twins: float = 0.004  # share of pensioners who are twins
    late_deaths: float = 0.08  # share of deaths known months late, honestly
    concealed_deaths: float = 0.06  # share of deaths concealed, while the pension is drawn
    unemployment_claims: float = 0.25  # share of insured leavers without work who claim
    layoff_people: int = 5  # claims of one employer and month that make a layoff
    layoffs_filed: float = 0.5  # share of layoffs for which an agent files all claims
    working: float = 0.10  # share of those who find work again and do not say so
    medical_claims: float = 0.08  # a year of insured work
    injury_claims: float = 0.006  # a year of insured work
    maternity_claims: float = 0.05  # a year of insured work of women under 42
    represented: float = 0.25  # share of claims that agents file
    mistyped: float = 0.02  # share of honest claims with a slip in number, name or birth
    refiled: float = 0.012  # share of claims filed twice in error
    second_pensions: float = 0.004  # share of pensioners with a second pension in another region
    rings: float = 2.0  # rings over 10,000 workers
    ring_size: tuple[int, int] = (5, 16)  # claims of one: from, up to
    shells: float = 1.5  # shell employers over 1,000 employers
    sham_people: tuple[int, int] = (6, 15)  # people insured on paper at one: from, up to
    tips: float = 0.12  # chance that a fraud is reviewed on a tip
    routine_reviews: float = 0.01  # chance of a routine review; five times that of large amounts
    random_reviews: float = 0.01  # chance of a review by lot
    review_days: tuple[int, int, int] = (10, 35, 150)  # days from opening: least, median, most
    review_right: float = 0.85  # chance that a review finds what is wrong

    def __post_init__(self) -> None:
        if (self.end + dt.timedelta(days=1)).day != 1:
            raise ValueError(f"end is {self.end}; expected the last day of a month")
        unknown = set(self.schemes) - set(SCHEME_RATES)
        if unknown or not self.schemes:
            raise ValueError(f"schemes are {self.schemes}; expected some of {', '.join(SCHEME_RATES)}")
        if self.block < 1:
            raise ValueError(f"block is {self.block}; expected at least 1 employer")
        if self.employers < 1 or self.months < 2 or self.warm_up < 2:
            raise ValueError("expected at least 1 employer, 2 months and 2 months of warm-up")
