import GantryCloud
import GantryModel

/// MachineSets whose instance type has another architecture than they say.
struct MachineArchitectureRule: CheckRule {
  static let mismatch = FindingKind(
    "E0727", "a MachineSet's instance type has another architecture than the set",
    "The set's labels or annotations name an architecture, for which it has a boot image; an instance "
      + "of another architecture does not boot from it.",
    remedy: "choose an instance type of that architecture (gantry catalog list --arch)")
  static let name = FindingKind(
    "W0728", "a MachineSet's name suggests another architecture than its instance type has",
    "The name speaks of one architecture and the instance type has another.",
    remedy: "check instance type and boot image, or rename the set")

  static let kinds = [mismatch, name]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.cluster.machineSets.compactMap { set in
      guard let type = try? subject.catalog.instance(set.instanceType.value) else { return nil }
      let real = type.architecture
      if let said = set.architecture {
        guard let architecture = Architecture(spelling: said.value), architecture != real else {
          return nil
        }
        return Self.mismatch.finding(
          "MachineSet '\(set.name.value)' is for \(architecture.rawValue), but \(type.name) is "
            + real.rawValue, at: set.instanceType.location,
          notes: [.init("the architecture is written here", at: said.location)])
      }
      let words = set.name.value.split { $0 == "-" || $0 == "." || $0 == "_" }.map(String.init)
      guard let hinted = words.lazy.compactMap(Architecture.init(spelling:)).first, hinted != real
      else { return nil }
      return Self.name.finding(
        "MachineSet '\(set.name.value)' is called after \(hinted.rawValue), but \(type.name) is "
          + real.rawValue, at: set.instanceType.location)
    }
  }
}
