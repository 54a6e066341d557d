internal import GRDB

/// Why a store could not be used.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no file to read.
    case missing
    /// The file or its folder cannot be opened or made.
    case cannotOpen
    /// The file is not an SQLite database.
    case notADatabase
    /// An SQLite database of another program.
    case notAStore
    /// Written by a later version of gantry.
    case newerSchema
    /// Damaged.
    case corrupt
    /// No room left on the disk.
    case diskFull
    /// Another process kept it locked too long.
    case locked
    /// It may only be read.
    case readOnly
    /// The record breaks a rule of the tables, such as a figure that is not a number.
    case rejected
    /// No stored simulation fits the reference.
    case notFound
    /// Several stored simulations fit the reference.
    case ambiguous
    /// Any other failure of the database.
    case failed
  }

  public var code: Code
  /// The store's path as the user gave it.
  public var path: String
  /// What SQLite or the system said, or the reference that was looked for.
  public var detail: String

  /// Whether the reference, not the file, is to blame.
  public var isReferenceError: Bool { code == .notFound || code == .ambiguous }

  /// Joins a kind, a path and a detail.
  public init(_ code: Code, path: String, detail: String = "") {
    self.code = code
    self.path = path
    self.detail = detail
  }

  /// One sentence for the user: what is wrong and what would help.
  public var description: String {
    let said = detail.isEmpty ? "" : " (\(detail))"
    switch code {
    case .missing: return "\(path): no such store; `gantry simulate` makes it"
    case .cannotOpen: return "\(path): cannot open the store\(said)"
    case .notADatabase: return "\(path): not a gantry store: the file is not an SQLite database"
    case .notAStore: return "\(path): an SQLite database, but not a gantry store; choose another"
    case .newerSchema:
      return "\(path): written by a later version of gantry\(said); use that version"
    case .corrupt: return "\(path): the store is damaged\(said)"
    case .diskFull: return "\(path): no room left to store the result\(said)"
    case .locked: return "\(path): another process keeps the store locked; try again"
    case .readOnly: return "\(path): the store can only be read\(said)"
    case .rejected: return "\(path): the result cannot be stored\(said)"
    case .notFound: return "\(path): no stored simulation is called '\(detail)'"
    case .ambiguous: return "\(path): several stored simulations fit \(detail)"
    case .failed: return "\(path): the store failed\(said)"
    }
  }
}

extension StoreError {
  /// Translates what the database threw.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError:
      self.init(Self.code(of: error), path: path, detail: error.message ?? "\(error.resultCode)")
    default: self.init(.failed, path: path, detail: "\(error)")
    }
  }

  private static func code(of error: DatabaseError) -> Code {
    switch error.resultCode {
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotOpen
    case .SQLITE_NOTADB: .notADatabase
    case .SQLITE_CORRUPT: .corrupt
    case .SQLITE_FULL: .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
    case .SQLITE_READONLY: .readOnly
    case .SQLITE_CONSTRAINT: .rejected
    default: .failed
    }
  }
}
