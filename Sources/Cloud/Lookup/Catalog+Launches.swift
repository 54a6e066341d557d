public import GantryModel

/// How long one launch of an instance took, in seconds from the launch call.
///
/// An OpenShift node then still runs Ignition, joins the cluster and pulls images.
public struct ObservedLaunch: Hashable, Sendable {
  public var type: String
  /// nil for types the catalogue does not have.
  public var architecture: Architecture?
  public var isBareMetal: Bool
  /// The day, ISO 8601.
  public var date: String
  /// The instance was running.
  public var callReturned: Double?
  /// The kernel started.
  public var kernelStarted: Double?
  /// User data started.
  public var userDataStarted: Double?
}

extension Catalog {
  /// Launches that were observed (Spare Cores, CC BY-SA 4.0); a few waited minutes for capacity.
  public func observedLaunches() throws(CatalogError) -> [ObservedLaunch] {
    var launches: [ObservedLaunch] = []
    for row in try builtIn.table("node-boot.csv").rows() {
      launches.append(
        ObservedLaunch(
          type: row.fields[0], architecture: Architecture(rawValue: try row.text("arch")),
          isBareMetal: try row.flag("bare_metal"), date: try row.text("date"),
          callReturned: try row.optionalNumber("launch_call_returned_s"),
          kernelStarted: try row.optionalNumber("os_boot_started_s"),
          userDataStarted: try row.optionalNumber("user_data_started_s")))
    }
    return launches
  }
}
