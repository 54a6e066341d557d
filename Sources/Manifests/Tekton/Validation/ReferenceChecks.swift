import GantryModel

/// Checks of references to tasks, pipelines and step actions.
struct ReferenceChecks {
  let subject: String
  let context: ValidationContext

  init(subject: String, _ context: ValidationContext) {
    self.subject = subject
    self.context = context
  }

  /// Name or resolver, and what goes with each.
  func check(_ reference: Reference) {
    if let place = reference.places["bundle"] {
      context.error(
        "E0132", "\(subject): must not set the field(s): bundle", at: place,
        suggestion: "use the resolver 'bundles'")
      return
    }
    let hasParams = reference.places["params"] != nil
    if reference.resolver != nil || hasParams {
      checkResolver(reference, hasParams: hasParams)
    } else if let name = reference.name {
      checkName(name)
    } else {
      context.error("E0113", "\(subject): missing field(s): name", at: reference.location)
    }
  }

  private func checkResolver(_ reference: Reference, hasParams: Bool) {
    let place = reference.places["resolver"] ?? reference.location
    if reference.resolver != nil {
      context.require(.beta, for: "resolver", at: place)
      if let name = reference.name {
        if NameRules.isAddress(name.value) {
          needsConciseSyntax(name)
        } else {
          context.error(
            "E0112", "\(subject): expected exactly one, got both: name, resolver",
            at: name.location)
        }
      }
    }
    guard hasParams else { return }
    context.require(.beta, for: "resolver params", at: reference.places["params"])
    if let name = reference.name {
      context.error(
        "E0112", "\(subject): expected exactly one, got both: name, params", at: name.location)
    }
    if reference.resolver == nil {
      context.error("E0113", "\(subject): missing field(s): resolver", at: reference.location)
    }
    context.unique(reference.params.map(\.name), ignoringCase: true) {
      "\(subject): expected exactly one, got both: parameter '\($0)'"
    }
  }

  private func checkName(_ name: Located<String>) {
    if NameRules.isAddress(name.value) {
      needsConciseSyntax(name)
    } else if !NameRules.isQualified(name.value) {
      context.error(
        "E0110", "\(subject): '\(name.value)' is not a name: letters, digits, '-', '_' and '.'",
        at: name.location)
    }
  }

  private func needsConciseSyntax(_ name: Located<String>) {
    context.error(
      "E0116",
      "\(subject): feature flag enable-concise-resolver-syntax should be set to true to use concise"
        + " resolver syntax",
      at: name.location)
  }
}
