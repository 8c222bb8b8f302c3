/// The program: settings, wiring and command line; the only package that knows all modules.
@NullMarked
package io.campanile.server;

import org.jspecify.annotations.NullMarked;
