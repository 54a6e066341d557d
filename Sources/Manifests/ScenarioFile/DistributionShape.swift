import GantryModel
import GantryUnits

/// How a figure that may be drawn is written.
struct DistributionShape: Sendable {
  /// Whether single figures are durations such as `90s`; else they are numbers.
  let ofDurations: Bool

  /// The largest spread of a lognormal distribution; its 95 % quantile is 3 700 times its median.
  static let largestSigma = 5.0

  /// What a single figure is.
  var figure: FieldShape { ofDurations ? .text(.duration) : .number(minimum: 0) }

  /// The forms of a distribution, of which one is written.
  var forms: ObjectShape {
    let figure = figure
    func field(_ name: String, _ shape: FieldShape, _ text: String) -> FieldOutline {
      FieldOutline(
        name: name, shape: shape, description: text, defaultText: nil, isRequired: false)
    }
    return ObjectShape(
      name: "distribution", description: "A distribution.",
      fields: [
        field(
          "lognormal",
          .object(
            ObjectShape(
              name: "lognormal", description: "Median or mean, with sigma or the 95 % quantile.",
              fields: [
                field("median", figure, "The median."), field("mean", figure, "The mean."),
                field("sigma", .number(minimum: 0), "The deviation of the logarithm."),
                field("p95", figure, "The 95 % quantile."),
              ])), "Lognormal: median or mean, and sigma or p95."),
        field(
          "triangular",
          .object(
            ObjectShape(
              name: "triangular", description: "From min to max with the peak at mode.",
              fields: [
                field("min", figure, "The least."), field("mode", figure, "The most frequent."),
                field("max", figure, "The most."),
              ])), "Triangular: min, mode and max."),
        field("empirical", .list(figure), "Observed values, joined by straight lines."),
      ])
  }

  // MARK: Reading

  /// The value of a field; nil after reporting.
  func read(_ input: FieldInput) -> Located<ProbabilityDistribution>? {
    guard case .mapping(let entries) = input.node.content else {
      return number(input).map { Located(.fixed($0.value), at: $0.location) }
    }
    let known = forms.fields.map(\.name)
    guard entries.count == 1, let entry = entries.first else {
      input.sink.error(
        "E0067", "\(input.path) must have one of \(known.joined(separator: ", "))",
        at: input.node.location)
      return nil
    }
    let inner = FieldInput(
      node: entry.value, path: "\(input.path).\(entry.key.value)", sink: input.sink)
    let value: ProbabilityDistribution?
    switch entry.key.value {
    case "lognormal": value = lognormal(inner)
    case "triangular": value = triangular(inner)
    case "empirical": value = empirical(inner)
    default:
      input.sink.error(
        "E0012", "\(input.path) has no field '\(entry.key.value)'", at: entry.key.location,
        suggestion: nearestName(to: entry.key.value, in: known).map { "did you mean '\($0)'?" }
          ?? "known: \(known.joined(separator: ", "))")
      return nil
    }
    return value.map { Located($0, at: input.node.location) }
  }

  private func number(_ input: FieldInput) -> Located<Double>? {
    guard ofDurations else { return input.number(minimum: 0) }
    guard let text = input.text(.text(.duration)), let span = Span(duration: text.value) else {
      return nil
    }
    return Located(span.seconds, at: text.location)
  }

  /// The figures of a form by name; nil after reporting.
  private func figures(_ input: FieldInput, _ names: [String]) -> [String: Located<Double>]? {
    guard var reader = ObjectReader(input.node, path: input.path, sink: input.sink) else {
      return nil
    }
    var found: [String: Located<Double>] = [:]
    var isComplete = true
    for name in names {
      guard let node = reader.node(name) else { continue }
      let field = FieldInput(node: node, path: reader.child(name), sink: input.sink)
      let value = name == "sigma" ? field.number(minimum: 0) : number(field)
      if let value { found[name] = value } else { isComplete = false }
    }
    reader.finish()
    return isComplete ? found : nil
  }

  private func lognormal(_ input: FieldInput) -> ProbabilityDistribution? {
    guard let found = figures(input, ["median", "mean", "sigma", "p95"]) else { return nil }
    func refuse(_ message: String) -> ProbabilityDistribution? {
      input.sink.error("E0067", "\(input.path) \(message)", at: input.node.location)
      return nil
    }
    guard (found["median"] == nil) != (found["mean"] == nil),
      (found["sigma"] == nil) != (found["p95"] == nil)
    else { return refuse("must have median or mean, and sigma or p95") }
    let center = found["median"]?.value ?? found["mean"]?.value ?? 0
    var sigma = found["sigma"]?.value ?? 0
    if let p95 = found["p95"]?.value {
      guard center > 0 else { return refuse("needs a median or mean above 0") }
      guard
        let solved = Lognormal.sigma(
          center: center, isMean: found["mean"] != nil, p95: p95)
      else {
        return refuse(
          found["mean"] == nil
            ? "has a p95 below its median" : "has a p95 below its mean or above 3.87 times it")
      }
      sigma = solved
    }
    guard sigma <= Self.largestSigma else {
      return refuse("has a sigma of \(sigma); the most is \(Self.largestSigma)")
    }
    return .lognormal(
      median: found["mean"] == nil ? center : Lognormal.median(mean: center, sigma: sigma),
      sigma: sigma)
  }

  private func triangular(_ input: FieldInput) -> ProbabilityDistribution? {
    guard let found = figures(input, ["min", "mode", "max"]) else { return nil }
    guard let low = found["min"], let mode = found["mode"], let high = found["max"] else {
      input.sink.error(
        "E0067", "\(input.path) must have min, mode and max", at: input.node.location)
      return nil
    }
    guard low.value <= mode.value else {
      input.sink.error("E0067", "\(input.path): min is above mode", at: low.location)
      return nil
    }
    guard mode.value <= high.value else {
      input.sink.error("E0067", "\(input.path): mode is above max", at: mode.location)
      return nil
    }
    return .triangular(low: low.value, mode: mode.value, high: high.value)
  }

  private func empirical(_ input: FieldInput) -> ProbabilityDistribution? {
    let items = input.items
    let values = items.compactMap { number($0)?.value }
    guard values.count == items.count else { return nil }
    guard !values.isEmpty else {
      if case .sequence = input.node.content {
        input.sink.error("E0067", "\(input.path) has no values", at: input.node.location)
      }
      return nil
    }
    return .empirical(values.sorted())
  }

  // MARK: Writing

  /// The value as YAML in one line.
  func text(of value: ProbabilityDistribution) -> String {
    switch value {
    case .fixed(let number): text(of: number)
    case .lognormal(let median, let sigma):
      "{lognormal: {median: \(text(of: median)), sigma: \(ScalarResolution.canonical(sigma))}}"
    case .triangular(let low, let mode, let high):
      "{triangular: {min: \(text(of: low)), mode: \(text(of: mode)), max: \(text(of: high))}}"
    case .empirical(let values):
      "{empirical: [\(values.map { text(of: $0) }.joined(separator: ", "))]}"
    }
  }

  private func text(of number: Double) -> String {
    guard ofDurations else { return ScalarResolution.canonical(number) }
    let text = ScalarResolution.canonical(number)
    // Durations have no exponents; nanoseconds are as fine as they are read.
    return text.contains("e") ? "\(Span.seconds(number).nanoseconds)ns" : text + "s"
  }
}
