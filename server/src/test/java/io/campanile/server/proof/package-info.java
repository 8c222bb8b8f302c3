/// Breaks things on the real server process and counts at the receiver what became of the messages.
@NullMarked
package io.campanile.server.proof;

import org.jspecify.annotations.NullMarked;
