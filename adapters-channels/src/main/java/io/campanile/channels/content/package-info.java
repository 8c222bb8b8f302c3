/// Templates, compiled and rendered.
@org.jspecify.annotations.NullMarked
package io.campanile.channels.content;
