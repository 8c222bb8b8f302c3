/// What becomes of log records, whoever writes them.
@NullMarked
package io.campanile.server.logging;

import org.jspecify.annotations.NullMarked;
