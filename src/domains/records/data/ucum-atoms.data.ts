/** Prefixes and atoms of UCUM, case sensitive. Source: The Unified Code for Units of Measure, version 2.1, tables 1 to 24. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Two letters before one: "da" is not "d" with an "a". */
export const prefixes = words('da Ki Mi Gi Ti Y Z E P T G M k h d c m u n p f a z y')

/** Take a prefix: "mg", "umol", "m[IU]". */
export const metricAtoms: ReadonlySet<string> = new Set(words(`
  m s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L ar t bar u eV pc
  kat U [iU] [IU] eq osm cal cal_[20] cal_[m] cal_[IT] cal_[th] Ci R REM RAD st P erg dyn Ky Mx G Oe Gb sb Lmb ph St mho B B[SPL] B[V] B[mV] B[uV] B[10.nV] B[W] B[kW] Np
  g% [arb'U] [anti'Xa'U] [ELU] [EU] [CFU] [PFU] Gal m[H2O] m[Hg] mm[Hg] [ppth] bit By Bd [g] [c] [h] [k] [eps_0] [mu_0] [e] [m_e] [m_p] [G] [ly] gf m[Hg] [hp'_X] tex
`))

/** Take none. */
export const otherAtoms: ReadonlySet<string> = new Set(words(`
  10* 10^ % [ppth] [ppm] [ppb] [pptr] [pi] deg ' '' gon min h d a_t a_j a_g a wk mo_s mo_j mo_g mo AU att atm [lbf_av] gf
  [in_i] [ft_i] [yd_i] [mi_i] [fth_i] [nmi_i] [kn_i] [sin_i] [sft_i] [syd_i] [cin_i] [cft_i] [cyd_i] [bf_i] [cr_i] [mil_i] [cml_i] [hd_i]
  [ft_us] [yd_us] [in_us] [rd_us] [ch_us] [lk_us] [rch_us] [rlk_us] [fth_us] [fur_us] [mi_us] [acr_us] [srd_us] [smi_us] [sct] [twp] [mil_us]
  [in_br] [ft_br] [rd_br] [ch_br] [lk_br] [fth_br] [pc_br] [yd_br] [mi_br] [nmi_br] [kn_br] [acr_br]
  [gal_us] [bbl_us] [qt_us] [pt_us] [gil_us] [foz_us] [fdr_us] [min_us] [crd_us] [bu_us] [gal_wi] [pk_us] [dqt_us] [dpt_us] [tbs_us] [tsp_us] [cup_us] [foz_m] [cup_m] [tsp_m] [tbs_m]
  [gal_br] [pk_br] [bu_br] [qt_br] [pt_br] [gil_br] [foz_br] [fdr_br] [min_br]
  [gr] [lb_av] [oz_av] [dr_av] [scwt_av] [lcwt_av] [ston_av] [lton_av] [stone_av] [pwt_tr] [oz_tr] [lb_tr] [sc_ap] [dr_ap] [oz_ap] [lb_ap] [oz_m]
  [lne] [pnt] [pca] [pnt_pr] [pca_pr] [pied] [pouce] [ligne] [didot] [cicero] [degF] [degR] [degRe] [Cal] [Btu_39] [Btu_59] [Btu_60] [Btu_m] [Btu_IT] [Btu_th] [Btu] [HP] [psi] [in_i'H2O] [in_i'Hg]
  [PRU] [wood'U] [diop] [p'diop] %[slope] [mesh_i] [Ch] [drp] [hnsf'U] [MET] [hp'_X] [hp'_C] [hp'_M] [hp'_Q] [hp_X] [hp_C] [hp_M] [hp_Q] [kp_X] [kp_C] [kp_M] [kp_Q]
  [pH] [S] [HPF] [LPF] [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U] [mclg'U] [tb'U] [CCID_50] [TCID_50] [EID_50] [FFU] [BAU] [AU] [Amb'a'1'U] [Lf] [D'ag'U] [FEU] [IR]
  [todd'U] [SPU] [hm'U] [m/s2/Hz^0.5] [car_Au] [car_m] [smoot] circ sph [den] bit_s [bdsk'U] mol/mol [NTU] [FNU]
`))
