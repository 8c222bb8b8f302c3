@NullMarked
package io.campanile.domain;

import org.jspecify.annotations.NullMarked;
