/// What can be set, where it comes from, and what is wrong with it.
@NullMarked
package io.campanile.server.settings;

import org.jspecify.annotations.NullMarked;
