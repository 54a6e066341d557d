public import GantryCalibration
internal import GantryModel

/// A calibration for people: what was left out, what was fitted, and how well it predicts.
public struct CalibrationReport {
  private let options: ReportOptions
  /// Names shown of what was excluded; runs shown of what was held out.
  private static let mostNames = 3
  private static let mostRuns = 20

  /// Makes a report.
  public init(_ options: ReportOptions) { self.options = options }

  /// The report as text.
  public func render(_ calibration: Calibration) -> String {
    var page = Page(options)
    addHeadline(calibration, to: &page)
    addExclusions(calibration, to: &page)
    addParts(calibration, to: &page)
    addSteps(calibration, to: &page)
    addTasks(calibration, to: &page)
    addRuns(calibration, to: &page)
    addVerdict(calibration, to: &page)
    return page.text
  }

  private func addHeadline(_ calibration: Calibration, to page: inout Page) {
    let observed = calibration.observations
    page.paragraph(
      "Usable: \(Figures.count(observed.taskRuns.count, "TaskRun")), "
        + "\(Figures.count(observed.runs.count, "complete run")); "
        + "\(calibration.fittedRuns) in the fit, \(calibration.heldOut.count) held out.")
    if calibration.withoutInstance > 0 {
      page.paragraph(
        "The instance type of \(Figures.count(calibration.withoutInstance, "TaskRun")) is unknown"
          + (calibration.withoutArchitecture > 0
            ? ", the architecture of \(calibration.withoutArchitecture)" : "")
          + ": dump pods and nodes too.", .caution)
    }
    if observed.overlapping > 0 {
      page.paragraph(
        "The steps of \(Figures.count(observed.overlapping, "TaskRun")) overlap, as Tekton before 2020 "
          + "reported them: each counts from the end of the one before.", .caution)
    }
  }

  private func addExclusions(_ calibration: Calibration, to page: inout Page) {
    let exclusions = calibration.observations.exclusions
    guard !exclusions.isEmpty else { return }
    page.title("Left out")
    var table = TextTable([.text("kind"), .text("reason"), .number("n"), .text("names")])
    table.flexible = 3
    for exclusion in exclusions {
      let limit = options.detail == .full ? exclusion.names.count : Self.mostNames
      let names = exclusion.names.prefix(limit).joined(separator: ", ")
      let more = exclusion.names.count > limit ? ", \(page.ellipsis)" : ""
      table.add([
        "\(exclusion.kind.rawValue)", "\(exclusion.reason.text)", "\(exclusion.names.count)",
        "\(names + more)",
      ])
    }
    var fitted = table.fitted(to: page.width - 2, dropping: ["names"])
    if fitted.columns.count < table.columns.count { fitted.flexible = 1 }
    page.table(fitted)
  }

  private func addParts(_ calibration: Calibration, to page: inout Page) {
    page.title("TaskRuns besides their steps, in seconds")
    var table = TextTable(
      [.text("part"), .number("n"), .number("min"), .number("p25"), .number("median")]
        + [.number("p75"), .number("p90"), .number("max")])
    let parts = [
      ("queueing: creation \(page.arrow) start", calibration.queueing),
      ("start-up: start \(page.arrow) first step", calibration.overhead),
      ("between and after steps", calibration.remainder),
    ]
    for (name, sample) in parts {
      let figures = [0, 0.25, 0.5, 0.75, 0.9, 1].map { share in
        TextTable.Cell(sample.quantile(share).map { Figures.fixed($0, 1) } ?? page.dash)
      }
      table.add(["\(name)", "\(sample.count)"] + figures)
    }
    page.table(
      table.fitted(to: page.width - 2, dropping: ["min", "p25", "p75", "max", "n"]))
  }

  private func addSteps(_ calibration: Calibration, to page: inout Page) {
    guard !calibration.fits.isEmpty else { return }
    page.title("Steps, fitted")
    var table = TextTable([
      .text("task"), .text("step"), .text("arch"), .text("instance"), .number("n"),
      .number("median"), .number("MAD"), .text("distribution"),
    ])
    for fit in calibration.fits {
      table.add([
        "\(fit.task.text)", "\(fit.step)", "\(fit.architecture ?? page.dash)",
        "\((fit.instance ?? "unknown") + (fit.scales ? ", scales" : ""))", "\(fit.fit.count)",
        "\(Figures.duration(fit.fit.median))", "\(Figures.duration(fit.fit.deviation))",
        "\(Self.text(of: fit))",
      ])
    }
    page.table(
      table.fitted(
        to: page.width - 2, dropping: ["MAD", "arch", "distribution", "instance", "n"]))
  }

  private static func text(of fit: StepFit) -> String {
    let trimmed = fit.fit.trimmed > 0 ? ", \(fit.fit.trimmed) left out" : ""
    switch fit.fit.distribution {
    case .fixed(let value): return "fixed \(Figures.duration(value))\(trimmed)"
    case .lognormal(_, let sigma): return "lognormal, sigma \(Figures.fixed(sigma, 2))\(trimmed)"
    case .triangular: return "triangular\(trimmed)"
    case .empirical(let values): return "empirical, \(values.count) points\(trimmed)"
    }
  }

  private func addTasks(_ calibration: Calibration, to page: inout Page) {
    guard !calibration.taskErrors.isEmpty else { return }
    page.title("Predicted against actual: TaskRuns held out")
    var table = TextTable([
      .text("task"), .text("arch"), .number("n"), .number("actual"), .number("predicted"),
      .number("error"),
    ])
    for error in calibration.taskErrors {
      table.add([
        "\(error.task.text)", "\(error.architecture ?? page.dash)", "\(error.count)",
        "\(Figures.duration(error.actual))",
        "\(error.predicted.map(Figures.duration) ?? "unknown")",
        "\(error.error.map(Figures.percent) ?? page.dash)",
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["arch", "n", "actual"]))
  }

  private func addRuns(_ calibration: Calibration, to page: inout Page) {
    let errors = calibration.runErrors
    guard !errors.isEmpty else { return }
    page.title("Predicted against actual: runs held out")
    var table = TextTable([
      .text("run"), .number("actual"), .number("predicted"), .number("9 in 10 draws"),
      .number("error"),
    ])
    let shown = options.detail == .full ? errors.count : Self.mostRuns
    for error in errors.prefix(shown) {
      let range = [error.low, error.high].compactMap { $0.map(Figures.duration) }
      table.add([
        "\(error.run)", "\(Figures.duration(error.actual))",
        "\(error.predicted.map(Figures.duration) ?? "unknown")",
        "\(range.joined(separator: " to "))",
        "\(error.error.map { ($0 > 0 ? "+" : "") + Figures.percent($0) } ?? page.dash)",
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["9 in 10 draws", "actual"]))
    if errors.count > shown {
      page.paragraph("and \(errors.count - shown) more; --detail shows them", .faint, indent: 2)
    }
    let inside = errors.count { error in
      guard let low = error.low, let high = error.high else { return false }
      return (low...high).contains(error.actual)
    }
    page.paragraph("\(inside) of \(errors.count) lie within their range.", indent: 2)
  }

  /// For which machines a good verdict holds, where that is not all.
  private static func validity(_ calibration: Calibration) -> String {
    calibration.withoutInstance == calibration.observations.taskRuns.count
      ? ", on the machines that they ran on: which these were is not known, so that nothing can be said "
        + "of others"
      : ""
  }

  private func addVerdict(_ calibration: Calibration, to page: inout Page) {
    page.gap()
    let verdict = calibration.verdict
    if verdict.isGood {
      let sizes = Sample(calibration.runErrors.compactMap { $0.error?.magnitude })
      page.paragraph(
        "Verdict: good enough: the median error of \(sizes.count) held-out runs is "
          + "\(Figures.percent(sizes.median ?? 0))" + Self.validity(calibration) + ".", .good)
    } else {
      page.paragraph(
        "Verdict: not good enough to trust: " + verdict.reasons.joined(separator: "; ") + ".", .bad)
    }
  }
}
