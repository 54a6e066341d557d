import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("a month full of runs")
struct RepeatedMonthTests {
  /// Two runs: 10 GB through NAT, 3 GB to the internet, a claim of 73 GiB each.
  private func given() -> (plan: Plan, outcome: Outcome) {
    var plan = ArticleCluster.plan()
    var template = PlannedRun(name: "r", isGenerated: true, pipelineName: "p")
    var volume = VolumeSpec()
    volume.size = .gib(73)
    template.claims = [
      PlannedClaim(
        name: "c", backing: .block(volume, waitsForFirstConsumer: true), accessModes: [],
        requested: .gib(73), isPerRun: true)
    ]
    plan.templates = [template]
    var outcome = ArticleCluster.outcome(runs: 2)
    outcome.network.natBytesIn = 10e9
    outcome.network.egressBytes = 3e9
    outcome.claims = [0, 1].map { ClaimUsage(run: $0, claim: 0, created: .zero) }
    return (plan, outcome)
  }

  @Test("what runs use is repeated, the cluster is not, and traffic's steps hold for all of it")
  func repeated() throws {
    let (plan, outcome) = given()
    let pricing = try ArticleCluster.pricing(plan)
    let month = pricing.totals(of: outcome, monthlyRuns: 200).monthlyUSD
    // A hundred times: NAT 1000 GB * 0.05 = 50; internet 300 GB, 100 of them free: 200 * 0.09 = 18.
    // Claims that nobody deletes are there half of the month: 200 * 73 * 0.5 GiB-month * 0.0928
    // = 677.44. The cluster as ever: 1149.10265.
    #expect(abs(month - (1149.10265 + 50 + 18 + 677.44)) < 1e-6)
  }

  @Test("without a number of runs the month has them once")
  func once() throws {
    let (plan, outcome) = given()
    let pricing = try ArticleCluster.pricing(plan)
    #expect(pricing.totals(of: outcome).monthlyUSD == pricing.cost(of: outcome).monthlyUSD)
  }

  @Test("a deleted claim is charged for its life, as often as there are runs")
  func deleted() throws {
    let made = given()
    let plan = made.plan
    var outcome = made.outcome
    outcome.claims = [outcome.claims[0]]
    outcome.claims[0].deleted = .seconds(1800)
    outcome.network.natBytesIn = 0
    outcome.network.egressBytes = 0
    let month = try ArticleCluster.pricing(plan).totals(of: outcome, monthlyRuns: 200).monthlyUSD
    // 73 GiB for half an hour of 730 are 0.05 GiB-month: 0.00464, a hundred times.
    #expect(abs(month - (1149.10265 + 0.464)) < 1e-9)
  }

  @Test("prices by their paths add up to the bill, instances told by their pools")
  func prices() throws {
    let (plan, outcome) = given()
    let pricing = try ArticleCluster.pricing(plan)
    let uses = pricing.prices(of: outcome, monthlyRuns: 200)
    let sum = uses.reduce(0) { $0 + $1.monthUSD }
    #expect(abs(sum - pricing.totals(of: outcome, monthlyRuns: 200).monthlyUSD) < 1e-9)
    let price = try #require(uses.first { $0.path == "ec2.m6g.2xlarge.onDemand" })
    #expect(price.figure.value == 0.36 && abs(price.monthUSD - 262.80) < 1e-9)
    #expect(price.text.hasPrefix("price of m6g.2xlarge, pool "))
  }
}
