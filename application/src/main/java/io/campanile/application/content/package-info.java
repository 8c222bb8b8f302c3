/// The data content is rendered from.
@org.jspecify.annotations.NullMarked
package io.campanile.application.content;
