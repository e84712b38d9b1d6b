/**
 * The allowed elements. Excluded are script, foreignObject, animations (which can set a URL), metadata and the elements
 * of drawing programs.
 */
export const ELEMENTS: readonly string[] = `
  svg a circle clipPath defs desc ellipse filter g image line linearGradient marker mask path pattern polygon polyline
  radialGradient rect stop style switch symbol text textPath title tspan use view
  feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
`
  .trim()
  .split(/\s+/);

/** The only one that holds a URL is `href`; `xlink:href` is rewritten to it. */
export const ATTRIBUTES: readonly string[] = `
  alignment-baseline amplitude aria-hidden aria-label aria-labelledby azimuth baseFrequency baseline-shift bias class
  clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters cx cy d diffuseConstant direction
  display divisor dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity fill-rule filter filterUnits
  flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-style font-variant font-weight fr
  fx fy gradientTransform gradientUnits height href id image-rendering in in2 intercept isolation k1 k2 k3 k4 kernelMatrix
  kernelUnitLength kerning lang lengthAdjust letter-spacing lighting-color limitingConeAngle marker-end marker-mid
  marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits media method
  mix-blend-mode mode numOctaves offset opacity operator order orient overflow paint-order pathLength
  patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha
  preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx ry scale seed shape-rendering slope spacing
  specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style
  surfaceScale systemLanguage tableValues targetX targetY text-anchor text-decoration text-overflow text-rendering
  textLength transform transform-origin type unicode-bidi values vector-effect version viewBox visibility white-space
  width word-spacing writing-mode x x1 x2 xChannelSelector xml:lang xml:space y y1 y2 yChannelSelector z
`
  .trim()
  .split(/\s+/);
