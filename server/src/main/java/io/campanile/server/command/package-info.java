/// The command line.
@NullMarked
package io.campanile.server.command;

import org.jspecify.annotations.NullMarked;
