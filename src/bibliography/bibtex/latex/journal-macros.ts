/**
 * The journal macros that the Astrophysics Data System writes, which LaTeX classes such as AASTeX define:
 * https://ui.adsabs.harvard.edu/help/actions/journal-macros
 */
const JOURNALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aap: 'Astronomy & Astrophysics',
    aapr: 'Astronomy & Astrophysics Review',
    aaps: 'Astronomy & Astrophysics Supplement Series',
    actaa: 'Acta Astronomica',
    aj: 'The Astronomical Journal',
    ao: 'Applied Optics',
    apj: 'The Astrophysical Journal',
    apjl: 'The Astrophysical Journal Letters',
    apjlett: 'The Astrophysical Journal Letters',
    apjs: 'The Astrophysical Journal Supplement Series',
    apjsupp: 'The Astrophysical Journal Supplement Series',
    aplett: 'Astrophysical Letters',
    applopt: 'Applied Optics',
    apspr: 'Astrophysics and Space Physics Research',
    apss: 'Astrophysics and Space Science',
    araa: 'Annual Review of Astronomy and Astrophysics',
    azh: 'Astronomicheskii Zhurnal',
    baas: 'Bulletin of the American Astronomical Society',
    bain: 'Bulletin of the Astronomical Institutes of the Netherlands',
    caa: 'Chinese Astronomy and Astrophysics',
    cjaa: 'Chinese Journal of Astronomy and Astrophysics',
    fcp: 'Fundamentals of Cosmic Physics',
    gca: 'Geochimica et Cosmochimica Acta',
    grl: 'Geophysical Research Letters',
    iaucirc: 'IAU Circulars',
    icarus: 'Icarus',
    jaavso: 'Journal of the American Association of Variable Star Observers',
    jcap: 'Journal of Cosmology and Astroparticle Physics',
    jcp: 'The Journal of Chemical Physics',
    jgr: 'Journal of Geophysical Research',
    jqsrt: 'Journal of Quantitative Spectroscopy and Radiative Transfer',
    jrasc: 'Journal of the Royal Astronomical Society of Canada',
    maps: 'Meteoritics and Planetary Science',
    memras: 'Memoirs of the Royal Astronomical Society',
    memsai: 'Memorie della Società Astronomica Italiana',
    mnras: 'Monthly Notices of the Royal Astronomical Society',
    na: 'New Astronomy',
    nar: 'New Astronomy Reviews',
    nat: 'Nature',
    nphysa: 'Nuclear Physics A',
    pasa: 'Publications of the Astronomical Society of Australia',
    pasj: 'Publications of the Astronomical Society of Japan',
    pasp: 'Publications of the Astronomical Society of the Pacific',
    physrep: 'Physics Reports',
    physscr: 'Physica Scripta',
    planss: 'Planetary and Space Science',
    pra: 'Physical Review A',
    prb: 'Physical Review B',
    prc: 'Physical Review C',
    prd: 'Physical Review D',
    pre: 'Physical Review E',
    prl: 'Physical Review Letters',
    procspie: 'Proceedings of SPIE',
    psj: 'The Planetary Science Journal',
    qjras: 'Quarterly Journal of the Royal Astronomical Society',
    rmxaa: 'Revista Mexicana de Astronomía y Astrofísica',
    skytel: 'Sky & Telescope',
    solphys: 'Solar Physics',
    sovast: 'Soviet Astronomy',
    ssr: 'Space Science Reviews',
    zap: 'Zeitschrift für Astrophysik',
  }),
);

/** In characters. A macro is up to eleven times as long when it is expanded, and no name is this long. */
const MAX_NAME_LENGTH = 2_000;

/** Expands the macros in the name of a journal, a book or a series. Other commands stay. */
export function expandJournalMacros(latex: string): string {
  if (!latex.includes('\\') || latex.length > MAX_NAME_LENGTH) return latex;
  return latex.replace(/\\(?:([a-z]+)(?:\{\})?|[^a-z])/gi, (command, name?: string) => {
    return (name !== undefined && JOURNALS.get(name)) || command;
  });
}
