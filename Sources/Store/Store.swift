internal import Foundation
internal import GRDB

/// Simulations kept in one SQLite file.
///
/// The file is in WAL mode: others read while a sweep writes, and a process that is killed loses
/// only the transaction it was in. A store is closed with its last reference; then the file
/// stands alone and can be copied.
public struct Store: Sendable {
  /// How a store is opened.
  public enum Access: Sendable {
    /// Makes the file and its folder when they are missing, and brings its tables up to date.
    case readWrite
    /// Changes nothing; fails with `missing` when there is no file.
    case readOnly
  }

  /// The file's path as given.
  public let path: String
  let queue: DatabaseQueue

  /// Opens the store in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - access: Whether it is made when missing.
  ///   - lockTimeout: Seconds to wait for another process's transaction.
  /// - Throws: `missing`, `cannotOpen`, `notADatabase`, `notAStore`, `newerSchema`, `corrupt`,
  ///   `locked`, `readOnly` or `diskFull`.
  public init(
    path: String, access: Access = .readWrite, lockTimeout: Double = 60
  ) throws(StoreError) {
    self.path = path
    do {
      let exists = FileManager.default.fileExists(atPath: path)
      if access == .readOnly && !exists { throw StoreError(.missing, path: path) }
      if !exists { try Store.makeFolder(for: path) }
      var configuration = Configuration()
      configuration.readonly = access == .readOnly
      configuration.busyMode = .timeout(lockTimeout)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try Store.check(queue, path: path)
      if access == .readOnly { try Store.checkIsCurrent(queue, path: path) }
      if access == .readWrite { try Store.prepare(queue, within: lockTimeout) }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Closes the file, so that it stands alone; the last reference to the store does this too.
  ///
  /// A process that ends without it loses nothing, but leaves the newest results in a second file
  /// that the next one to open the store takes in.
  public func close() throws(StoreError) {
    do { try queue.close() } catch { throw StoreError(error, path: path) }
  }

  private static func makeFolder(for path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if folder.isEmpty { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError(.cannotOpen, path: path, detail: error.localizedDescription)
    }
  }

  /// Refuses files of other programs and of later versions before anything is written.
  private static func check(_ queue: DatabaseQueue, path: String) throws {
    try queue.read { db in
      // The list of migrations comes first: with nothing else, another process is making the store.
      let tables = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'")
      if tables == 0 { return }
      let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      guard application == Migrations.applicationID else {
        throw StoreError(.notAStore, path: path)
      }
      if try Migrations.migrator().hasBeenSuperseded(db) {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        throw StoreError(
          .newerSchema, path: path,
          detail: "schema \(version), this version knows \(Migrations.steps.count)")
      }
    }
  }

  /// Refuses tables of an earlier version, which a reader may not bring up to date.
  private static func checkIsCurrent(_ queue: DatabaseQueue, path: String) throws {
    let isCurrent = try queue.read { try Migrations.migrator().hasCompletedMigrations($0) }
    if !isCurrent {
      throw StoreError(
        .readOnly, path: path, detail: "its tables are of an earlier version; store once to renew")
    }
  }

  /// Makes the tables of a new or older store.
  ///
  /// Processes may do so at the same time. SQLite does not wait when two switch a new file to its
  /// write-ahead log, and the loser of a race to migrate finds the tables there: both try again.
  private static func prepare(_ queue: DatabaseQueue, within seconds: Double) throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var races = 0
    while true {
      do {
        try queue.writeWithoutTransaction { db in
          _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
          try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return try Migrations.migrator().migrate(queue)
      } catch let error as DatabaseError {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
          guard clock.now < deadline else { throw error }
        case .SQLITE_ERROR, .SQLITE_CONSTRAINT:
          races += 1
          guard races <= Migrations.steps.count else { throw error }
        default:
          throw error
        }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  /// Runs a transaction and translates its errors.
  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.write(body) } catch { throw StoreError(error, path: path) }
  }

  /// Reads from one consistent state and translates errors.
  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.read(body) } catch { throw StoreError(error, path: path) }
  }
}
