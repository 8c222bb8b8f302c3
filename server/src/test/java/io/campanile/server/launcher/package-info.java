/// The script that builds and starts the program.
@NullMarked
package io.campanile.server.launcher;

import org.jspecify.annotations.NullMarked;
