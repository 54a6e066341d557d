/// What decides how a flow shares resources, apart from the node it runs on.
///
/// Flows of one shape on one node are one class of the flow network.
enum FlowShape: Hashable {
  /// Processor work over at most `threads` threads, with a cgroup weight and a limit in cores.
  case cpu(threads: Double, weight: Double, limit: Double?)
  case fileSystemRead(Int)
  case fileSystemWrite(Int)
  /// Operations on a file system, `concurrency` at a time.
  case fileSystemReadOperations(Int, concurrency: Double)
  case fileSystemWriteOperations(Int, concurrency: Double)
  /// Bytes to or from a block volume with this throughput in bytes per second.
  case block(throughput: Double)
  case diskWrite
  case memory
  /// Bytes from a server outside, over a number of connections.
  case download(service: Int, connections: Double)
  case upload(service: Int, connections: Double)
}
