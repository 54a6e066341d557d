/// A word of a script before expansion.
struct ShellWord: Sendable {
  /// A piece of a word.
  enum Part: Sendable {
    case text(String, quoted: Bool)
    case variable(ShellVariable, quoted: Bool)
    /// `$(…)` or backquotes: the script inside.
    case command(String, quoted: Bool)
    /// `$((…))`: never computed.
    case arithmetic
  }

  var parts: [Part] = []

  /// The text when the word is literal; nil when anything in it needs expansion.
  var literal: String? {
    var text = ""
    for part in parts {
      guard case .text(let piece, _) = part else { return nil }
      text += piece
    }
    return text
  }

  /// The text when the word is literal and unquoted, as keywords are.
  var bare: String? {
    guard parts.count == 1, case .text(let text, quoted: false) = parts[0] else { return nil }
    return text
  }
}

/// A `${…}` or `$name`.
struct ShellVariable: Hashable, Sendable {
  var name: String
  /// `@`, `*` or a number for arrays.
  var index: String?
  /// `${#name}`.
  var isLength: Bool = false
  /// `:-`, `-`, `:=`, `:+`, `#`, `##`, `%`, `%%`, `/`, `//`, `:?`, `?`, `,,`, `^^`; empty for none.
  var operation: String = ""
  var argument: String = ""
}

/// A redirection such as `> file`.
struct ShellRedirection: Sendable {
  /// `<`, `>`, `>>`, `&>`, `>&`, `<<<`.
  var kind: String
  var target: ShellWord
}

/// An assignment before a command or on its own.
struct ShellAssignment: Sendable {
  var name: String
  var isAppended: Bool
  var values: [ShellWord]
  var isArray: Bool
}

/// A simple command.
struct ShellSimple: Sendable {
  var assignments: [ShellAssignment] = []
  var words: [ShellWord] = []
  var redirections: [ShellRedirection] = []
  /// The text of a here-document, unexpanded.
  var document: String?
  /// Where it begins in the script, in bytes.
  var offset = 0
}

/// A parsed piece of a script.
indirect enum ShellNode: Sendable {
  case simple(ShellSimple)
  case pipeline([ShellNode], isNegated: Bool)
  case and(ShellNode, ShellNode)
  case or(ShellNode, ShellNode)
  case sequence([ShellNode])
  case conditional([Branch], otherwise: ShellNode?)
  case forEach(name: String, words: [ShellWord]?, body: ShellNode)
  case loop(condition: ShellNode, body: ShellNode, isUntil: Bool)
  case choice(ShellWord, [Choice])
  case function(String, ShellNode)
  case redirected(ShellNode, [ShellRedirection])
  case subshell(ShellNode)
  /// What ends with `&`.
  case background(ShellNode)

  /// A condition and what follows when it holds.
  struct Branch: Sendable {
    var condition: ShellNode
    var body: ShellNode
  }

  /// Patterns of a `case` and what follows when one fits.
  struct Choice: Sendable {
    var patterns: [ShellWord]
    var body: ShellNode
  }
}

/// Why a script cannot be read, with the line it was noticed on (from 1).
struct ShellError: Error, Hashable, Sendable {
  var message: String
  var line: Int
}
