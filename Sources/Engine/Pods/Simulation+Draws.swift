import GantryKernel
import GantryModel

// Random numbers that belong to one TaskRun, whatever else happens.

extension Simulation {
  /// The amount of a demand of the step under way: drawn for this step of this TaskRun, or fixed.
  ///
  /// Of a phase for whose files a block volume has no room, only the part until then.
  func amount(of demand: PreparedDemand, _ index: Int) -> Double {
    taskRuns[index].phaseShare * wholeAmount(of: demand, index)
  }

  private func wholeAmount(of demand: PreparedDemand, _ index: Int) -> Double {
    guard let position = demand.factor else { return demand.amount }
    let number =
      UInt64(taskRuns[index].attempt) << 16 | UInt64(taskRuns[index].step) << 3
      | UInt64(prepared.factors[position].figure.rawValue)
    return demand.amount
      * stream(of: index, .figure).draw(number, of: prepared.factors[position].distribution)
  }

  /// A time with a lognormal spread, drawn for an attempt of a TaskRun; `number` tells draws of one
  /// purpose apart.
  func drawn(
    _ median: Double, spread: Double, _ index: Int, _ purpose: Purpose, _ number: Int = 0
  ) -> Double {
    guard median > 0, spread > 0 else { return median }
    return stream(of: index, purpose).lognormal(
      UInt64(taskRuns[index].attempt) << 16 | UInt64(number), median: median, sigma: spread)
  }

  /// A random number from 0 to 1, drawn for an attempt of a TaskRun.
  func draw(_ index: Int, _ purpose: Purpose, _ number: Int) -> Double {
    stream(of: index, purpose).uniform(UInt64(taskRuns[index].attempt) << 16 | UInt64(number))
  }

  /// The random numbers of a TaskRun for one purpose.
  private func stream(of index: Int, _ purpose: Purpose) -> RandomStream {
    let entity =
      UInt64(taskRuns[index].run) << 20 | UInt64(taskRuns[index].prepared & 0xF_FFFF)
    return draws.stream(entity: entity, purpose: purpose.rawValue)
  }
}

extension RandomStream {
  /// The draw number `index` of a distribution.
  fileprivate func draw(_ index: UInt64, of distribution: ProbabilityDistribution) -> Double {
    switch distribution {
    case .fixed(let value): value
    case .lognormal(let median, let sigma): lognormal(index, median: median, sigma: sigma)
    case .triangular(let low, let mode, let high):
      triangular(index, low: low, mode: mode, high: high)
    case .empirical(let values): empirical(index, sorted: values)
    }
  }
}
