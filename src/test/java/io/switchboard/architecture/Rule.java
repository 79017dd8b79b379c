package io.switchboard.architecture;

import java.util.List;

/** Something that every file of the repository keeps to. */
interface Rule {
  /** Where the file breaks it; empty also when the rule is not about this file. */
  List<Offence> check(SourceFile file);
}
